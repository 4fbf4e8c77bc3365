"""What a profiling wanted of experts and did not get."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from engine import events

Wanted = Literal["keywords", "answers", "aggregator tests", "rewards"]


@dataclass(frozen=True, slots=True)
class Missing:
    """`number` of the `of` things that were wanted of an expert did not come; `reason` says why the last one did not.

    `lasting` where asking again would fail again.
    """

    wanted: Wanted
    expert: str
    number: int
    of: int
    reason: str
    lasting: bool


@dataclass(slots=True)
class Tally:
    """Counts what is wanted of each expert, and what of it is missing."""

    _of: Counter[tuple[Wanted, str]] = field(default_factory=Counter)
    _reasons: dict[tuple[Wanted, str, bool], list[str]] = field(default_factory=dict)

    def count(self, wanted: Wanted, expert: str, failed: events.CallFailed | None) -> None:
        """One more thing was wanted of the expert; it is missing where a call failed."""
        self._of[wanted, expert] += 1
        if failed:
            self.lose(wanted, expert, failed.message, failed.lasting)

    def lose(self, wanted: Wanted, expert: str, reason: str, lasting: bool = False) -> None:
        """One of the things that were counted is missing."""
        self._reasons.setdefault((wanted, expert, lasting), []).append(reason)

    def missing(self) -> list[Missing]:
        """All that is missing, in the order in which it was first missed."""
        return [
            Missing(wanted, expert, len(reasons), self._of[wanted, expert], reasons[-1], lasting)
            for (wanted, expert, lasting), reasons in self._reasons.items()
        ]
