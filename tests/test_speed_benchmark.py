"""The benchmark of speed over the scripted runtime: what is compared with what, and the ratios of it."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from engine.errors import UserError
from engine.pool import Expert, Pool
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from scripted import ScriptedRuntime
from small_pool import pool
from speed import compared, ours, table
from speed.bare import Spent
from speed.work import Generation, Stage, sequence, some_runs, stages

QUESTIONS = [Question(f"What is {n} and 1?", gold=str(n + 1), id=f"q{n}") for n in range(8)]


def counting(_expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
    return "Keywords: sums" if "Keywords:" in messages[-1].content else "It is \\boxed{5}"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> ours.Ours:
    monkeypatch.setattr(ours, "choose", lambda _name: ScriptedRuntime(counting))
    monkeypatch.setattr(ours, "LocalRuntime", lambda _name: ScriptedRuntime())
    return ours.run_batch(Roster(pool("ann", "bob")), QUESTIONS, "scripted", 1 << 30, seed=0)


def test_all_calls_of_a_batch_are_done_over_and_the_ratios_are_of_their_times(
    measured: ours.Ours, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[Stage]] = []

    def start_each(
        by_stage: Iterable[Stage], _pool: Pool, _runtime: str, *, read_once: bool = False
    ) -> Spent:
        started.append(list(by_stage))
        tokens = sum(one.tokens for _, calls in started[-1] for one in calls)
        return Spent(seconds=10.0, generating=3.0 if read_once else 4.0, tokens=tokens, starts=1)

    monkeypatch.setattr(compared, "start_each", start_each)
    pair = compared.beside_bound(measured, pool("ann", "bob"), "scripted")
    found = compared.compare([pair], pool("ann", "bob"), "scripted", 2, lambda _sentence: None)
    once, single, several, sequential = started
    assert sum(len(calls) for _, calls in several + single) == len(measured.work)
    assert once == several
    assert {call.step for _, calls in once for call in calls} >= {"recruit"}
    assert {call.run for _, calls in sequential for call in calls} == {
        measured.work[0].run,
        list(dict.fromkeys(call.run for call in measured.work))[4],
    }
    assert found.sequential_seconds == 40.0  # 10 seconds for two of eight
    assert found.of_sequential == pytest.approx(40.0 / measured.seconds)
    assert found.of_grouped == pytest.approx(measured.seconds / (10.0 + 10.0))
    assert found.of_generating == pytest.approx(measured.usage.generating / (3.0 + 4.0))
    assert table.as_json(found)["questions"] == 8


def test_what_was_measured_stands_where_question_by_question_fails(
    measured: ours.Ours, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[Stage]] = []

    def start_each(by_stage: Iterable[Stage], _pool: Pool, _runtime: str, **_: bool) -> Spent:
        asked.append(list(by_stage))
        if len(asked) == 3:  # vllm reads prompts once by itself, so that the third is question by question
            raise UserError("Ann failed by itself: out of memory")
        return Spent(10.0, 4.0, sum(one.tokens for _, calls in asked[-1] for one in calls), 1)

    monkeypatch.setattr(compared, "start_each", start_each)
    told: list[str] = []
    pair = compared.beside_bound(measured, pool("ann", "bob"), "vllm")
    found = compared.compare([pair], pool("ann", "bob"), "vllm", 2, told.append)
    assert "out of memory" in told[-1]
    assert (found.of_sequential, found.pair.bound) == (None, 8.0)
    assert table.as_json(found)["sequential"] is None
    assert table.ratios(found).row_count == 3
    assert table.breakdown(found).row_count == 2


def test_a_way_that_wrote_another_number_of_tokens_does_not_compare(
    measured: ours.Ours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared, "start_each", lambda *_, **__: Spent(1.0, 1.0, 1, 1))
    with pytest.raises(UserError, match="do not compare"):
        compared.beside_bound(measured, pool("ann", "bob"), "scripted")


def test_of_several_pairs_the_middle_one_is_told(measured: ours.Ours) -> None:
    generating = measured.usage.generating

    def beside(bound: float) -> compared.Pair:
        return compared.Pair(measured, Spent(generating=bound - 1), Spent(generating=1.0))

    pairs = [beside(2 * generating + 2), beside(generating + 2), beside(4 * generating + 2)]
    assert compared.middle(pairs) == pairs[0]
    found = compared.Compared("scripted", tuple(pairs), Spent(20.0, 4.0, 1, 1), None, 2)
    assert found.of_generating == pytest.approx(generating / (2 * generating + 2))
    assert len(table.as_json(found)["pairs"]) == 3


def call(run: str, step: str, expert: str) -> Generation:
    return Generation(run, step, expert, [], {}, 5)


def test_question_by_question_an_expert_at_work_twice_in_a_row_is_started_once() -> None:
    one = [call("r", "recruit", "ann"), call("r", "reason", "ann"), call("r", "reason", "bob")]
    one.append(call("r", "answer", "bob"))
    assert [expert for expert, _ in stages(one)] == ["ann", "ann", "bob", "bob"]
    assert [(expert, len(calls)) for expert, calls in sequence(one)] == [("ann", 2), ("bob", 2)]


def test_the_questions_run_one_after_the_other_are_spread_over_all() -> None:
    work = [call(f"r{n}", "reason", "ann") for n in range(10)]
    assert [run[0].run for run in some_runs(work, 4)] == ["r0", "r2", "r4", "r6"]
    assert [run[0].run for run in some_runs(work, 20)] == [f"r{n}" for n in range(10)]
