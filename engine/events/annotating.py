"""What a model judge says of a critique."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from engine.events.event import Event

Helpfulness = Literal["helpful", "harmless", "harmful"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CritiqueAnnotated(Event):
    """What the judge of call `call` says of a critique, and whether the refinement followed it; None where unknown.

    Each of `spans`: role (critique or answer: the text it is in), start, end (code points of that text), label,
    comment, quote (the text between).
    """

    kind: ClassVar[str] = "critique_annotated"
    call: str
    verdict: Helpfulness
    followed: bool | None
    comment: str
    spans: list[dict[str, Any]]
