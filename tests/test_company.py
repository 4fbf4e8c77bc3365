"""Symbolic-MoE's 5% rule over the runs of a batch, whole, over the scripted runtime."""

from collections.abc import Sequence

from engine import events
from engine.batch import Batch, Interrupted, Plan
from engine.calling import Answered
from engine.errors import UserError
from engine.pool import Expert
from engine.profile import Profile, ProfiledQuestion
from engine.protocols import find_protocol
from engine.question import Question
from engine.run import Batched
from engine.runtimes.base import Message, Sampling
from engine_stage import Stage
from small_pool import pool

QUESTIONS = tuple(
    Question(f"What is {n} and 1?", kind="math", gold=str(n + 1), id=f"q{n}") for n in range(40)
)


def script(_expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
    return "Keywords: addition" if "Keywords:" in messages[-1].content else "It is \\boxed{1}"


def profile() -> Profile:
    # Ann's total is 4 and Bob's 2, Cyd's 0: w = 4 · 4/6 = 2.67, 2 · 2/6 = 0.67, 0. The powers at T = 0.5 are e^5.33,
    # e^1.33 and 1: p = 0.977, 0.018, 0.005. So Bob and Cyd are far under 5% of the draws.
    questions = tuple(
        ProfiledQuestion(
            id=f"v{n}",
            source="t",
            kind="math",
            question="?",
            gold="1",
            skills=("addition",),
            right={"ann": True, "bob": n < 3, "cyd": n < 2},
        )
        for n in range(4)
    )
    return Profile(pool="tests", made="", made_how="", questions=questions)


def plan(stage: Stage) -> Plan:
    protocol = find_protocol("symbolic-moe")
    settings = protocol.read_settings({}).model_dump(mode="json")
    return Plan(QUESTIONS, protocol, settings, stage.engine.roster, "scripted", 1)


def recorded(stage: Stage) -> dict[str, Answered]:
    finished = {one.call: one for one in stage.of(events.CallFinished)}
    return {one.call: Answered(one, finished[one.call]) for one in stage.of(events.CallQueued)}


def test_experts_hardly_drawn_in_a_batch_are_dropped_and_their_draws_drawn_anew() -> None:
    stage = Stage(script, pool("ann", "bob", "cyd"), profile())
    batch = Batch("batch", plan(stage))
    stage.sinks.append(batch.record)
    list(batch.run(stage.engine, QUESTIONS))
    stage.engine.close()
    recruited = stage.of(events.ExpertsRecruited)
    assert len(recruited) == len(QUESTIONS)
    first = [expert for one in recruited for expert in one.first_drawn]
    assert {"bob", "cyd"} & set(first)
    assert all(first.count(rare) < 0.05 * len(first) for rare in ("bob", "cyd"))
    assert {expert for one in recruited for expert in one.drawn} == {"ann"}
    assert [one.batch for one in stage.of(events.RunStarted)] == ["batch"] * len(QUESTIONS)
    assert "drawn anew" in stage.notices


def test_all_questions_recruit_before_any_reasons() -> None:
    stage = Stage(script, pool("ann", "bob", "cyd"), profile())
    batch = Batch("batch", plan(stage))
    stage.sinks.append(batch.record)
    list(batch.run(stage.engine, QUESTIONS))
    stage.engine.close()
    order = [event.call.split("/")[0] for event in stage.of(events.CallQueued)]
    assert order.index("reason") == order.count("keywords") == 5 * len(QUESTIONS)


def test_one_question_alone_waits_for_nobody() -> None:
    stage = Stage(script, pool("ann", "bob", "cyd"), profile())
    stage.run("symbolic-moe")
    assert stage.finished.outcome == "done"
    stage.engine.close()


def test_recorded_calls_are_not_made_again_and_draws_of_done_runs_count() -> None:
    stage = Stage(script, pool("ann", "bob", "cyd"), profile())
    stage.run("self-consistency", QUESTIONS[0], k=3, solver="ann")
    answered = recorded(stage)
    del answered["reason/ann/1"]
    made = len(stage.runtime.calls)
    batched = Batched(stage.finished.run, "batch", None, answered)
    protocol = find_protocol("self-consistency")
    run = stage.engine.ask(QUESTIONS[0], protocol, {"k": 3, "solver": "ann"}, 1, batched=batched)
    stage.engine.wait(run)
    ((name, _, sampling),) = stage.runtime.calls[made:]
    assert (name, sampling.samples) == ("ann", 1)
    queued = stage.of(events.CallQueued)
    assert [one.call for one in queued].count("reason/ann/1") == 2
    assert [one.call for one in queued].count("reason/ann/0") == 1
    # The sample that is asked for anew keeps the seed that it had.
    assert len({one.sampling["seed"] for one in queued if one.call == "reason/ann/1"}) == 1
    assert stage.of(events.RunFinished)[-1].outcome == "done"
    stage.engine.close()


def test_a_batch_goes_on_with_its_interrupted_runs() -> None:
    stage = Stage(script, pool("ann", "bob", "cyd"), profile())
    before = {f"q{n}": ["bob"] for n in range(10, 20)}
    batch = Batch("batch", plan(stage), {"q0": Interrupted("the-run", {})}, before)
    stage.sinks.append(batch.record)
    list(batch.run(stage.engine, QUESTIONS[:2]))
    stage.engine.close()
    assert "the-run" in {one.run for one in stage.of(events.RunStarted)}
    # With ten earlier draws of Bob he has well over 5%.
    assert not any(
        "drawn anew" in notice.message and "Bob" in notice.message for notice in stage.of(events.Noticed)
    )


def test_draws_of_questions_that_are_asked_anew_do_not_count_twice() -> None:
    stage = Stage(script, pool("ann", "bob", "cyd"), profile())
    # If these were more draws than those that are made now, Ann would be dropped: she is drawn all but always.
    batch = Batch("batch", plan(stage), {}, {question.id or "": ["bob"] * 1000 for question in QUESTIONS})
    stage.sinks.append(batch.record)
    list(batch.run(stage.engine, QUESTIONS))
    stage.engine.close()
    assert {expert for one in stage.of(events.ExpertsRecruited) for expert in one.drawn} == {"ann"}


def test_samples_that_are_asked_for_anew_are_not_those_that_there_are() -> None:
    def by_seed(_expert: Expert, _messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        return f"It is \\boxed{{{sampling.seed}}}"

    stage = Stage(by_seed, pool("ann"), None)
    stage.run("self-consistency", QUESTIONS[0], k=4)
    answered = recorded(stage)
    texts = {name: one.finished.text for name, one in answered.items()}
    kept = {name: one for name, one in answered.items() if name in ("reason/ann/1", "reason/ann/3")}
    protocol = find_protocol("self-consistency")
    batched = Batched(stage.finished.run, "batch", None, kept)
    stage.engine.wait(stage.engine.ask(QUESTIONS[0], protocol, {"k": 4}, 1, batched=batched))
    again = {one.call: one.text for one in stage.of(events.CallFinished)[4:]}
    assert again == {name: texts[name] for name in ("reason/ann/0", "reason/ann/2")}
    stage.engine.close()


def test_a_recorded_answer_to_another_prompt_does_not_count() -> None:
    stage = Stage(script, pool("ann"), None)
    stage.run("self-consistency", QUESTIONS[0], k=1)
    answered = recorded(stage)
    protocol = find_protocol("self-consistency")
    batched = Batched(stage.finished.run, "batch", None, answered)
    made = len(stage.runtime.calls)
    stage.engine.wait(stage.engine.ask(QUESTIONS[1], protocol, {"k": 1}, 1, batched=batched))
    assert len(stage.runtime.calls) == made + 1
    stage.engine.close()
