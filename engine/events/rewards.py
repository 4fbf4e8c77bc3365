"""The events of scoring solutions and of what their scores decide: MAgICoRe (arXiv 2409.12147)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from engine.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRewarded(Event):
    """How good the solution of call `call` is taken to be: `reward` is `outcome` plus the product of its steps' scores.

    Each of `steps`: text, score; all scores are from 0 to 1. `judges` says who scored: {"outcome", "steps"}, each a
    model's title, and `generative` whether that was a generative verifier in place of a reward model.
    """

    kind: ClassVar[str] = "solution_rewarded"
    call: str
    outcome: float
    steps: list[dict[str, Any]]
    reward: float
    judges: dict[str, str]
    generative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultyJudged(Event):
    """Whether the question is hard after `round` rounds of refinement, and why: hard if neither condition holds.

    Condition 1: `standardised`, the mean of (reward - `mean`) / `deviation` over the solutions that agree with the
    `majority` answer, is 0 or more; None where no solution has an answer. Condition 2: `outcome_confidence` and
    `step_confidence` are both 0.5 or more. `calibration` says in words what mean and deviation are of. Where only
    `unanimous` solutions are judged, confidence tells nothing, and condition 1 decides alone.
    """

    kind: ClassVar[str] = "difficulty_judged"
    round: int
    hard: bool
    majority: str | None
    standardised: float | None
    mean: float
    deviation: float
    calibration: str
    outcome_confidence: float
    step_confidence: float
    unanimous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionsKept(Event):
    """Which calls' solutions go on after `round` rounds: those of highest reward among the old and the new ones."""

    kind: ClassVar[str] = "solutions_kept"
    round: int
    kept: list[str]
    dropped: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteWeighed(Event):
    """The final vote. Each of `votes`: answer, weight (its solutions' summed rewards), calls; heaviest first."""

    kind: ClassVar[str] = "vote_weighed"
    votes: list[dict[str, Any]]
