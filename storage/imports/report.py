"""What came of an import."""

from dataclasses import dataclass, field

TOLD = 100
"""How many reasons are kept: of a file that is wrong throughout, the first ones say it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a line of a file was not taken; lines count from 1."""

    line: int
    reason: str


@dataclass(slots=True)
class Imported:
    """How many were `taken`, were there `already`, and were `left_out`, with the first of the reasons why."""

    taken: int = 0
    already: int = 0
    left_out: int = 0
    reasons: list[LeftOut] = field(default_factory=list)

    def leave_out(self, line: int, reason: str) -> None:
        """Count a line that is not taken."""
        self.left_out += 1
        self.tell(line, reason)

    def tell(self, line: int, reason: str) -> None:
        """Say what of a line was not taken."""
        if len(self.reasons) < TOLD:
            self.reasons.append(LeftOut(line, reason))
