"""What a profiling's observations come to."""

import random
from collections.abc import Mapping, Sequence

from engine.aggregators import synthetic_test
from engine.errors import UserError
from engine.profile import Calibration, ProfiledQuestion, SyntheticTest
from engine.profiling.runs import Observed
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
        document=question.document,
        draft=question.draft,
        gold=question.gold,
        skills=(),
        right={},
    )


def synthetic(answered: Observed, seed: int) -> SyntheticTest | None:
    """The test of aggregators that a question's chains make; None where there are too few."""
    id = answered.work.question.id
    right, wrong = (
        [answered.chains[expert] for expert, was_right in answered.right.items() if was_right is wanted]
        for wanted in (True, False)
    )
    return synthetic_test(id, right, wrong, random.Random(f"{seed}/{id}"))


def taken(tests: Sequence[Observed], question: str) -> dict[str, bool]:
    """Who got the question's test right, of those that took it."""
    return {
        name: right for one in tests if one.work.question.id == question for name, right in one.right.items()
    }


def calibration(known: Calibration | None, scored: Sequence[Observed]) -> Calibration | None:
    """What was known, with what was found out by the same judges; of several judges those that scored most."""
    if not scored:
        return known
    judges = (
        known.judges if known else max((one.judges for one in scored), key=[s.judges for s in scored].count)
    )
    rewards = dict(known.rewards) if known else {}
    for one in scored:
        if one.judges == judges and one.reward is not None:
            rewards[one.work.expert] = (*rewards.get(one.work.expert, ()), one.reward)
    return Calibration(judges=judges, rewards=rewards)


def other_judges(judges: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    """Why a reward by these judges does not count, in words."""
    return f"Scored by {_names(judges)}; the profile's rewards are by {_names(wanted)}."


def _names(judges: Mapping[str, str]) -> str:
    return " and ".join(dict.fromkeys(judges.values()))
