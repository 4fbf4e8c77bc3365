"""How far the fetching of a pool's weights is."""

from dataclasses import dataclass
from typing import Literal

PullPhase = Literal["waiting", "fetching", "checking", "preparing", "done", "failed"]


@dataclass(frozen=True, slots=True)
class PullState:
    """A pull of the pool named `pool`; `waiting` for its turn at first, `done` or `failed` in the end.

    In between, `phase` is what happens to the weights of `expert`, with the bytes `done` so far of `total` (0 where
    that is unknown). `problem` is the sentence that says why it failed.
    """

    pool: str
    phase: PullPhase = "waiting"
    expert: str | None = None
    done: int = 0
    total: int = 0
    problem: str | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.phase in ("done", "failed")
