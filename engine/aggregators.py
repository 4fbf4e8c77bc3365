"""Who aggregates: the expert that most often synthesised the right answer of a task (Symbolic-MoE, section 3.3).

A task is a source of questions (a benchmark). For a question whose source has no tests in the profile, the tests of all
questions of its kind count.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.profile import Profile, SyntheticTest
from engine.question import Question

WRONG_CHAINS = 2


@dataclass(frozen=True, slots=True)
class TestedAggregator:
    """An expert with how many of the synthetic tests of `task` it got right, of those it took."""

    expert: str
    task: str
    right: int
    of: int


def synthetic_test(
    question: str, right: Sequence[str], wrong: Sequence[str], rng: random.Random
) -> SyntheticTest | None:
    """One of the right and two of the wrong chains of a question, shuffled; None where there are not as many."""
    right, wrong = [chain for chain in right if chain], [chain for chain in wrong if chain]
    if not right or len(wrong) < WRONG_CHAINS:
        return None
    first, second, third = rng.sample([rng.choice(right), *rng.sample(wrong, WRONG_CHAINS)], 3)
    return SyntheticTest(question=question, chains=(first, second, third))


def tested(profile: Profile, question: Question) -> list[TestedAggregator]:
    """The experts that took tests of the question's task, the one that was most often right first."""
    known = {one.id: one for one in profile.questions}
    task = question.source or ""
    tests = [test for test in profile.tests if known[test.question].source == task]
    if not tests:
        task = {"choice": "choice questions", "math": "mathematics", "open": "open questions"}[question.kind]
        tests = [test for test in profile.tests if known[test.question].kind == question.kind]
    of = Counter(expert for test in tests for expert in test.right)
    right = Counter(expert for test in tests for expert, was_right in test.right.items() if was_right)
    found = [TestedAggregator(expert, task, right[expert], of[expert]) for expert in of]
    return sorted(found, key=lambda one: -one.right)
