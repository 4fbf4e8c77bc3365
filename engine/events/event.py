"""What every event has."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in run `run` at `at` (Unix seconds)."""

    kind: ClassVar[str] = ""
    run: str
    at: float
