"""Whether a question is easy or hard, and the vote that ends it: MAgICoRe, sections 3.2 and 3.4 (arXiv 2409.12147)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from engine.rewards.reward import Reward, sigmoid
from engine.scheduler import Reply

CONFIDENT = 0.5
"""The least confidence that holds; 2 (1 - sigmoid(H)) is below it exactly where H is above ln 3."""

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Scored:
    """A solution with what it answers (None: nothing that could be read), its steps, and its reward."""

    reply: Reply
    answer: str | None
    steps: tuple[str, ...]
    reward: Reward


@dataclass(frozen=True, slots=True)
class Difficulty:
    """The two conditions of a question's being easy: it is hard if neither holds.

    `standardised` is the mean of (R - mu) / sigma over the solutions of the majority answer, None where none has an
    answer; the confidences are by outcome and by steps. Where all solutions had to be unanimous for the question to be
    asked at all, as in a disputation, the confidences are 1 and tell nothing: then the first condition decides alone.
    """

    standardised: float | None
    outcome_confidence: float
    step_confidence: float
    unanimous: bool = False

    @property
    def hard(self) -> bool:
        """Whether neither condition holds; of unanimous solutions, whether the first one does not."""
        # Equal rewards can come to a mean that is a rounding error below them.
        good = self.standardised is not None and self.standardised >= -ROUNDING
        sure = min(self.outcome_confidence, self.step_confidence) >= CONFIDENT
        return not good and (self.unanimous or not sure)


def judge_difficulty(
    groups: Sequence[Sequence[Reward]],
    mean: float,
    deviation: float,
    *,
    unread: Sequence[Reward] = (),
    unanimous: bool = False,
) -> Difficulty:
    """How hard a question is by the rewards of its solutions, in groups of the same answer, the largest group first.

    `mean` and `deviation` are mu and sigma of R over a calibration set; where sigma is 0 only the sign counts. `unread`
    are the rewards of solutions without an answer: for the confidences each stands alone, as it agrees with none.
    """
    if not groups:
        return Difficulty(None, 0.0, 0.0, unanimous)
    shares = [*groups, *([reward] for reward in unread)]
    return Difficulty(
        fmean((reward.total - mean) / (deviation or 1.0) for reward in groups[0]),
        confidence([sum(reward.outcome for reward in group) for group in shares]),
        confidence([sum(reward.process for reward in group) for group in shares]),
        unanimous,
    )


def confidence(scores: Sequence[float]) -> float:
    """2 (1 - sigmoid(H)), where H is the entropy (natural log) of the answers' summed scores, normalised to 1.

    1 for a single answer; 0 where there is no answer or all scores are 0.
    """
    total = sum(scores)
    if total <= 0:
        return 0.0
    shares = [score / total for score in scores if score > 0]
    entropy = -sum(share * math.log(share) for share in shares)
    return 2 * (1 - sigmoid(entropy))


def weighted_vote(groups: Sequence[Sequence[Reward]]) -> list[float]:
    """The weight of each answer: the summed R of its solutions (weighted self-consistency). Shape as `groups`."""
    return [sum(reward.total for reward in group) for group in groups]
