"""What a row of a comparison holds, so that the same stands beside the same."""

from typing import NamedTuple

KINDS = ("recruit", "reason", "critique", "critiqued", "review", "refine", "answer")
"""The kinds of rows, in order; critiques that an expert received are `critiqued`."""

NOBODY = -1
_PHASES = {"recruit": 0, "reason": 1, "answer": 3}
_ROUNDS = 2


class Key(NamedTuple):
    """Whoever has seat `who` writes about seat, or sentence, `about`, for the `number`th time (from 0) in a round."""

    kind: str
    round: int = 0
    who: int = NOBODY
    about: int = NOBODY
    number: int = 0

    @property
    def id(self) -> str:
        """The row's name in addresses."""
        return ".".join(str(part) for part in self)

    @property
    def step(self) -> str:
        """The step of a run that it belongs to."""
        return "critique" if self.kind == "critiqued" else self.kind

    @property
    def order(self) -> tuple[int, ...]:
        """What rows are sorted by: as a run goes on, and in a step by what the texts are about."""
        phase = _PHASES.get(self.kind, _ROUNDS)
        return phase, self.round, KINDS.index(self.kind), self.about, self.who, self.number
