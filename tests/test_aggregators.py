"""Who aggregates: synthetic tests, and the expert that does best at those of a task."""

import random
from collections.abc import Callable, Iterator, Sequence

import pytest

from engine import aggregators, events
from engine.errors import UserError
from engine.pool import Expert
from engine.profile import Profile, ProfiledQuestion, SyntheticTest
from engine.question import Question
from engine.runtimes.base import Message, Sampling
from engine_stage import Stage
from small_pool import pool

Aggregating = Callable[[Profile, str], events.AggregatorChosen]
CHAINS = ("first", "second", "third")


def profiled(id: str, source: str, kind: str = "math", **right: bool) -> ProfiledQuestion:
    return ProfiledQuestion(
        id=id, source=source, kind=kind, question="?", gold="1", skills=("addition",), right=right
    )


def known(*tests: SyntheticTest) -> Profile:
    questions = (profiled("g1", "GSM8K"), profiled("g2", "GSM8K"), profiled("m1", "MedMCQA", "choice"))
    return Profile(pool="tests", made="", made_how="", questions=questions, tests=tests)


PROFILE = known(
    SyntheticTest(question="g1", chains=CHAINS, right={"ann": True, "bob": True, "cyd": False}),
    SyntheticTest(question="g2", chains=CHAINS, right={"ann": False, "bob": True, "cyd": False}),
    SyntheticTest(question="m1", chains=CHAINS, right={"ann": False, "bob": False, "cyd": True}),
)


def test_a_test_has_one_right_and_two_wrong_chains_in_random_order() -> None:
    seen = set()
    for seed in range(60):
        test = aggregators.synthetic_test("q", ["right"], ["wrong", "bad", "false"], random.Random(seed))
        assert test is not None
        assert test.chains.count("right") == 1
        assert len(set(test.chains)) == 3
        seen.add(test.chains.index("right"))
    assert seen == {0, 1, 2}


@pytest.mark.parametrize(
    ("right", "wrong"), [([], ["a", "b", "c"]), (["a"], ["b"]), (["a"], ["b", ""]), ([""], ["b", "c"])]
)
def test_nothing_is_padded_where_chains_are_missing(right: list[str], wrong: list[str]) -> None:
    assert aggregators.synthetic_test("q", right, wrong, random.Random(0)) is None


def test_the_best_of_a_task_is_the_one_most_often_right_at_it() -> None:
    ordered = aggregators.tested(PROFILE, Question("?", kind="math", source="GSM8K"))
    assert [(one.expert, one.right, one.of) for one in ordered] == [
        ("bob", 2, 2),
        ("ann", 1, 2),
        ("cyd", 0, 2),
    ]
    assert ordered[0].task == "GSM8K"


def test_of_an_unknown_task_the_tests_of_its_kind_count() -> None:
    (best, *_) = aggregators.tested(PROFILE, Question("?", ("a", "b"), kind="choice", source="mine"))
    assert (best.expert, best.task) == ("cyd", "choice questions")
    assert aggregators.tested(PROFILE, Question("?", kind="open")) == []


def script(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
    asked = messages[-1].content
    return "Keywords: addition" if "Keywords:" in asked else f"{expert.name}: \\boxed{{72}}"


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(script, pool("ann", "bob", "cyd"), PROFILE)
    yield stage
    stage.engine.close()


def test_symbolic_moe_lets_the_best_of_the_task_aggregate_and_says_why(stage: Stage) -> None:
    stage.run("symbolic-moe")
    (chosen,) = stage.of(events.AggregatorChosen)
    assert (chosen.expert, chosen.how, chosen.task) == ("bob", "task", "mathematics")
    assert (chosen.right, chosen.of) == (2, 2)
    (aggregated,) = (queued for queued in stage.of(events.CallQueued) if queued.step == "answer")
    assert aggregated.expert == "bob"


@pytest.fixture
def aggregating() -> Iterator[Aggregating]:
    stages: list[Stage] = []

    def run(profile: Profile, how: str) -> events.AggregatorChosen:
        stages.append(Stage(script, pool("ann", "bob", "cyd"), profile))
        stages[-1].run("symbolic-moe", aggregator=how)
        (chosen,) = stages[-1].of(events.AggregatorChosen)
        return chosen

    yield run
    for stage in stages:
        stage.engine.close()


@pytest.mark.parametrize(
    ("right", "expert", "how"),
    [
        ({"ann": False, "bob": True, "cyd": False}, "bob", "adaptive"),
        ({"ann": True, "bob": False, "cyd": True}, "cyd", "adaptive"),  # as suited as Ann, and the pool's
        ({"ann": True, "bob": True, "cyd": True}, "cyd", "pool"),  # all are as suited: it cannot tell
    ],
)
def test_the_adaptive_aggregator_is_the_expert_best_suited_to_the_question(
    aggregating: Aggregating, right: dict[str, bool], expert: str, how: str
) -> None:
    question = profiled("g1", "GSM8K", **right)
    chosen = aggregating(Profile(pool="tests", made="", made_how="", questions=(question,)), "adaptive")
    assert (chosen.expert, chosen.how) == (expert, how)


@pytest.mark.parametrize(
    ("right", "expert", "how"),
    [
        ({"ann": False, "bob": False, "cyd": False}, "cyd", "pool"),  # nobody was right: they cannot tell
        ({"ann": True, "bob": False, "cyd": True}, "cyd", "task"),
        ({"ann": True, "bob": True, "cyd": False}, "ann", "task"),
    ],
)
def test_where_tests_are_passed_alike_the_pools_own_comes_first(
    aggregating: Aggregating, right: dict[str, bool], expert: str, how: str
) -> None:
    chosen = aggregating(known(SyntheticTest(question="g1", chains=CHAINS, right=right)), "task")
    assert (chosen.expert, chosen.how) == (expert, how)


def test_the_pools_own_aggregates_on_request_and_without_tests(stage: Stage) -> None:
    stage.run("symbolic-moe", aggregator="pool")
    assert [one.expert for one in stage.of(events.AggregatorChosen)] == ["cyd"]
    without = Stage(script, pool("ann", "bob", "cyd"), known())
    without.run("symbolic-moe")
    assert [(one.expert, one.how) for one in without.of(events.AggregatorChosen)] == [("cyd", "pool")]
    without.engine.close()
