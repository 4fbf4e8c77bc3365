"""What a profiling's observations come to."""

import random

from engine.aggregators import synthetic_test
from engine.errors import UserError
from engine.profile import Calibration, ProfiledQuestion, SyntheticTest
from engine.profiling.notebook import Aggregated, Answered, Rewarded
from engine.question import Question


def blank(question: Question) -> ProfiledQuestion:
    """A validation question of which nothing is known yet. Raises UserError where it has no id or no gold answer."""
    if not question.id or not question.gold:
        raise UserError(
            f"A validation question needs an id and an answer; this has not: {question.text[:80]}"
        )
    return ProfiledQuestion(
        id=question.id,
        source=question.source or "",
        category=question.category,
        kind=question.kind,
        question=question.text,
        choices=question.choices,
        gold=question.gold,
        skills=(),
        right={},
    )


def synthetic(answered: Answered, seed: int) -> SyntheticTest | None:
    """The test of aggregators that the question's chains make; None where there are too few."""
    question = answered.question
    right, wrong = (
        [answered.chains[expert] for expert, was_right in question.right.items() if was_right is wanted]
        for wanted in (True, False)
    )
    return synthetic_test(question.id, right, wrong, random.Random(f"{seed}/{question.id}"))


def taken(done: dict[tuple[str, str], Aggregated], question: str) -> dict[str, bool]:
    """Who got the question's test right, of those that took it."""
    return {
        one.expert: one.right for one in done.values() if one.question == question and one.right is not None
    }


def calibration(known: Calibration | None, done: dict[tuple[str, str], Rewarded]) -> Calibration | None:
    """What was known, with what was found out by the same judges; of several judges those that scored most."""
    scored = [one for one in done.values() if one.reward is not None]
    if not scored:
        return known
    judges = (
        known.judges if known else max((one.judges for one in scored), key=[s.judges for s in scored].count)
    )
    rewards = dict(known.rewards) if known else {}
    for one in scored:
        if one.judges == judges and one.reward is not None:
            rewards[one.expert] = (*rewards.get(one.expert, ()), one.reward)
    return Calibration(judges=judges, rewards=rewards)
