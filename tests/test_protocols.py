"""The protocols, whole, over the scripted runtime: what is asked of whom, and what is on the record."""

import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from engine import events
from engine.errors import CallFailed, UserError
from engine.pool import Expert, Pool
from engine.profile import Profile, ProfiledQuestion
from engine.prompts import STANDS_BY
from engine.protocols import find_protocol
from engine.runtimes.base import Message, Sampling
from engine_stage import QUESTION, Stage
from scripted import Script
from small_pool import pool

FIRST = {"ann": "70", "bob": "72", "cyd": "17"}
PLAIN = {"rerank": False, "rewards": False, "rounds": 1}
"""One round of critique by everyone, nothing chosen by vote."""


def disputants(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
    """Ann is persuaded, Bob was right all along, Cyd stands by a wrong answer; Bob aggregates."""
    asked = messages[-1].content
    if "Keywords:" in asked:
        return "Keywords: multiplication, jars"
    if "Review this answer" in asked:
        return f"A critique by {expert.name}. Verdict: wrong"
    if "Reviewers read your answer" in asked:
        refined = {"ann": "8 times 9 is \\boxed{72}", "bob": "I stand by my answer. \\boxed{72}"}
        return refined.get(expert.name, "I stand by my answer. \\boxed{17}")
    if "Several models answered" in asked:
        return "In all, \\boxed{72}"
    return f"{expert.name} reasons that it is \\boxed{{{FIRST[expert.name]}}}"


def profile(**right: bool) -> Profile:
    question = ProfiledQuestion(
        id="1",
        source="t",
        kind="math",
        question="2 times 3?",
        gold="6",
        skills=("multiplication",),
        right=right,
    )
    return Profile(pool="tests", made="2026-11-21", made_how="by hand", questions=(question,))


Staged = Callable[..., Stage]


@pytest.fixture
def staged() -> Iterator[Staged]:
    stages: list[Stage] = []

    def build(script: Script = disputants, of: Pool | None = None, known: Profile | None = None) -> Stage:
        stages.append(Stage(script, of or pool("ann", "cyd", "bob"), known))
        return stages[-1]

    yield build
    for stage in stages:
        stage.engine.close()


def test_disputation_goes_from_recruiting_to_the_answer(staged: Staged) -> None:
    stage = staged(known=profile(ann=True, bob=True, cyd=False))
    stage.run("disputation", **PLAIN)
    assert [step.step for step in stage.of(events.StepStarted)] == [
        "recruit",
        "reason",
        "critique",
        "refine",
        "answer",
    ]
    assert stage.finished.outcome == "done"
    assert stage.finished.answer == "72"
    assert stage.finished.correct is True
    assert stage.finished.agreement == {"ann": True, "bob": True, "cyd": False}


def test_the_k_experts_of_a_disputation_are_different_ones(staged: Staged) -> None:
    stage = staged(known=profile(ann=True, bob=False, cyd=False))
    for seed in range(5):
        stage.run("disputation", seed=seed, **PLAIN)
    for recruited in stage.of(events.ExpertsRecruited):
        assert sorted(recruited.drawn) == ["ann", "bob", "cyd"]


def test_everyone_critiques_the_others_without_knowing_whose_answers_they_are(staged: Staged) -> None:
    stage = staged()
    stage.run("disputation", **PLAIN)
    critiques = {
        queued.call: queued.target for queued in stage.of(events.CallQueued) if queued.step == "critique"
    }
    assert critiques == {
        f"critique/1/{critic}/on/{author}": f"reason/{author}/0"
        for critic in FIRST
        for author in FIRST
        if critic != author
    }
    for queued in stage.of(events.CallQueued):
        if queued.step == "critique":
            critic, author = queued.expert, queued.call.rsplit("/", 1)[-1]
            prompt = stage.prompt(queued.call)
            assert f"\\boxed{{{FIRST[author]}}}" in prompt
            assert not any(f"{name} is the author" in prompt or f"by {name}" in prompt for name in FIRST)
            assert FIRST[critic] not in prompt


def test_each_refines_its_own_answer_in_the_light_of_the_critiques_it_received(staged: Staged) -> None:
    stage = staged()
    stage.run("disputation", **PLAIN)
    prompt = stage.prompt("refine/1/ann/0")
    assert "ann reasons that it is" in prompt
    assert "A critique by bob" in prompt
    assert "A critique by cyd" in prompt
    assert "A critique by ann" not in prompt


def test_the_aggregator_sees_refined_answers_whole_ones_where_stood_by_and_critiques(staged: Staged) -> None:
    stage = staged()
    stage.run("disputation", **PLAIN)
    prompt = stage.prompt("answer/aggregator")
    assert "8 times 9 is" in prompt
    assert "ann reasons" not in prompt
    assert "bob reasons that it is" in prompt
    assert "A critique by cyd" in prompt
    (aggregated,) = (queued for queued in stage.of(events.CallQueued) if queued.step == "answer")
    assert aggregated.expert == "bob"


def test_answers_are_extracted_and_judged_on_the_record(staged: Staged) -> None:
    stage = staged()
    stage.run("disputation", **PLAIN)
    found = {event.call: (event.answer, event.correct) for event in stage.of(events.AnswerExtracted)}
    assert found["reason/ann/0"] == ("70", False)
    assert found["refine/1/ann/0"] == ("72", True)
    assert found["refine/1/cyd/0"] == ("17", False)
    refined = {
        event.expert: (event.changed, event.stood_by)
        for event in stage.of(events.AnswerExtracted)
        if "refine" in event.call
    }
    assert refined == {"ann": (True, False), "bob": (False, True), "cyd": (False, True)}


def test_who_stands_by_an_answer_without_repeating_it_still_gives_it(staged: Staged) -> None:
    def briefly(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        said = disputants(expert, messages, sampling)
        return STANDS_BY if str(said).startswith(STANDS_BY) else said

    stage = staged(briefly)
    stage.run("disputation", **PLAIN)
    (bob,) = [event for event in stage.of(events.AnswerExtracted) if event.call == "refine/1/bob/0"]
    assert (bob.answer, bob.correct, bob.stood_by, bob.changed) == ("72", True, True, False)


def test_an_expert_that_fails_is_left_out_and_the_others_go_on(staged: Staged) -> None:
    def without_cyd(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        return (
            CallFailed("its process ended")
            if expert.name == "cyd"
            else disputants(expert, messages, sampling)
        )

    stage = staged(without_cyd)
    stage.run("disputation", **PLAIN)
    assert stage.finished.outcome == "done"
    assert stage.finished.answer == "72"
    assert not any("/on/cyd" in call or call == "refine/1/cyd/0" for call in stage.called)
    assert "Cyd gave no answer in reason" in stage.notices
    (failed,) = stage.of(events.CallFailed)
    assert (failed.call, failed.message) == ("reason/cyd/0", "its process ended")


def test_when_nobody_can_answer_the_run_fails_and_says_why(staged: Staged) -> None:
    stage = staged(lambda *_: CallFailed("the server is down"))
    stage.run("symbolic-moe")
    assert stage.finished.outcome == "failed"
    assert "the server is down" in (stage.finished.error or "")


def test_failing_critiques_leave_the_first_answers(staged: Staged) -> None:
    def no_critics(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        asked = messages[-1].content
        return CallFailed("too long") if "Review this" in asked else disputants(expert, messages, sampling)

    stage = staged(no_critics)
    stage.run("disputation", **PLAIN)
    assert stage.finished.outcome == "done"
    assert "ann reasons" in stage.prompt("answer/aggregator")


def test_an_aggregator_that_fails_is_replaced_by_the_plurality_and_the_record_says_so(staged: Staged) -> None:
    def no_aggregator(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        asked = messages[-1].content
        return (
            CallFailed("out of memory")
            if "Several models" in asked
            else disputants(expert, messages, sampling)
        )

    stage = staged(no_aggregator)
    stage.run("disputation", **PLAIN)
    assert (stage.finished.outcome, stage.finished.answer) == ("done", "72")
    assert "out of memory" in stage.notices
    assert "most experts' answer, 72, stands" in stage.notices


def test_symbolic_moe_draws_with_replacement_and_a_repeated_expert_answers_again(staged: Staged) -> None:
    # Totals 1, -1, -1 shift to 3, 1, 1: w = 3/5 for Ann and -1/5 for the others, so Ann is the likeliest.
    stage = staged(known=profile(ann=True, bob=False, cyd=False))
    stage.run("symbolic-moe", k=16)
    (recruited,) = stage.of(events.ExpertsRecruited)
    assert len(recruited.drawn) == 16
    reasons = [call for call in stage.called if call.startswith("reason/")]
    assert len(set(reasons)) == 16
    assert "reason/ann/1" in reasons
    seeds = {
        queued.sampling["seed"]
        for queued in stage.of(events.CallQueued)
        if queued.call.startswith("reason/ann")
    }
    assert len(seeds) == recruited.drawn.count("ann")
    assert [step.step for step in stage.of(events.StepStarted)] == ["recruit", "reason", "answer"]


def test_an_expert_drawn_more_than_once_is_asked_once_for_all_its_answers(staged: Staged) -> None:
    stage = staged()
    stage.run("symbolic-moe", k=8)
    (recruited,) = stage.of(events.ExpertsRecruited)
    requests = {
        name: sampling.samples
        for name, messages, sampling in stage.runtime.calls
        if "Think step by step" in messages[-1].content
    }
    assert requests == {name: recruited.drawn.count(name) for name in recruited.drawn}
    # The aggregator reads them in the order drawn.
    said = [line for line in stage.prompt("answer/aggregator").splitlines() if "reasons that it is" in line]
    assert [line.split()[0] for line in said] == recruited.drawn


def thinking(answers: dict[str, str]) -> Script:
    """Experts that think before they answer, as `answers` has it by name."""

    def script(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        said = disputants(expert, messages, sampling)
        return answers[expert.name] if "reasons that it is" in str(said) else said

    return script


@pytest.mark.parametrize("protocol", ["symbolic-moe", "disputation"])
def test_nobody_sees_what_an_expert_thought_before_it_answered(staged: Staged, protocol: str) -> None:
    stage = staged(thinking(dict.fromkeys(FIRST, "<think>A secret, 17?</think>I say \\boxed{72}")))
    stage.run(protocol)
    aggregated = stage.prompt("answer/aggregator")
    assert aggregated.count("I say") == 3
    assert "secret" not in aggregated


@pytest.mark.parametrize("protocol", ["symbolic-moe", "disputation"])
def test_thinking_that_did_not_end_is_left_out_and_no_empty_answer_shown(
    staged: Staged, protocol: str
) -> None:
    cut_off = {"ann": "<think>Eight crates, so", "bob": "I say \\boxed{72}", "cyd": "I say \\boxed{17}"}
    stage = staged(thinking(cut_off))
    stage.run(protocol, k=3, seed=1)
    drawn = stage.of(events.ExpertsRecruited)[0].drawn
    assert "ann" in drawn
    aggregated = stage.prompt("answer/aggregator")
    assert aggregated.count("### Response") == sum(name != "ann" for name in drawn)
    assert "did not come to the end of its thinking" in stage.notices
    assert not any(call.endswith("/on/ann") for call in stage.called)


def test_where_all_still_thought_the_run_fails_and_says_what_to_do(staged: Staged) -> None:
    stage = staged(thinking(dict.fromkeys(FIRST, "<think>Eight crates, so")))
    stage.run("symbolic-moe")
    assert stage.finished.outcome == "failed"
    assert "max_tokens" in str(stage.finished.error)


def test_skills_are_sampled_five_times_kept_twice_named_and_matched(staged: Staged) -> None:
    def varying(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        answer = disputants(expert, messages, sampling)
        return f"Keywords: multiplication, {sampling.seed}" if "Keywords: multi" in str(answer) else answer

    stage = staged(varying, known=profile(ann=True, bob=True, cyd=False))
    stage.run("symbolic-moe")
    sampled = [queued for queued in stage.of(events.CallQueued) if queued.call.startswith("keywords/")]
    assert len(sampled) == 5
    assert {queued.sampling["temperature"] for queued in sampled} == {0.7}
    (found,) = stage.of(events.SkillsFound)
    (skill,) = found.skills
    assert (skill["keyword"], skill["count"], skill["profile_skill"]) == (
        "multiplication",
        5,
        "multiplication",
    )
    assert skill["similarity"] == pytest.approx(1.0)


def test_without_a_profile_all_count_as_equally_suited_and_the_record_says_so(staged: Staged) -> None:
    stage = staged()
    stage.run("symbolic-moe")
    (recruited,) = stage.of(events.ExpertsRecruited)
    assert [candidate["probability"] for candidate in recruited.candidates] == pytest.approx([1 / 3] * 3)
    assert "has no profile" in stage.notices


def test_the_same_seed_asks_the_same_with_the_same_seeds(staged: Staged) -> None:
    first, second, other = staged(), staged(), staged()
    for stage, seed in ((first, 7), (second, 7), (other, 8)):
        stage.run("disputation", seed=seed, **PLAIN)
    asked = [
        sorted((q.call, q.sampling["seed"]) for q in s.of(events.CallQueued)) for s in (first, second, other)
    ]
    assert asked[0] == asked[1]
    assert asked[0] != asked[2]


def test_stopping_ends_the_calls_and_says_stopped(staged: Staged) -> None:
    def endless(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        answer = disputants(expert, messages, sampling)
        return "word " * 400 if " reasons " in str(answer) else answer

    stage = staged(endless)
    stage.runtime.seconds_per_word = 0.01
    run = stage.engine.ask(QUESTION, find_protocol("disputation"))
    while not stage.of(events.CallDelta) or stage.of(events.CallDelta)[-1].call.startswith("keywords"):
        time.sleep(0.01)
    assert stage.engine.stop(run)
    stage.engine.wait(run)
    assert not stage.engine.stop(run)
    assert stage.finished.outcome == "stopped"
    assert sum(stage.runtime.running.values()) == 0
    cancelled = [event for event in stage.of(events.CallFailed) if event.cancelled]
    assert {event.call for event in cancelled} == {"reason/ann/0", "reason/bob/0", "reason/cyd/0"}
    assert stage.seen[-1] is stage.finished


def test_a_setting_that_is_not_right_is_refused_with_its_name(staged: Staged) -> None:
    with pytest.raises(UserError, match="Setting k of disputation"):
        staged().engine.ask(QUESTION, find_protocol("disputation"), {"k": 0})
    with pytest.raises(UserError, match="No protocol 'debate'"):
        find_protocol("debate")


def test_warming_up_loads_the_experts_and_reads_the_keyword_examples(staged: Staged) -> None:
    stage = staged()
    stage.engine.warm_up()
    while not stage.runtime.calls:
        time.sleep(0.01)
    ((warmed, prompt, sampling),) = stage.runtime.calls
    assert (warmed, sampling.max_tokens) == ("ann", 1)
    assert stage.runtime.loads == {"ann": 1, "bob": 1, "cyd": 1}
    stage.run("symbolic-moe")
    asked = next(messages for name, messages, _ in stage.runtime.calls[1:] if name == "ann")
    assert asked[:-1] == prompt[:-1]
    assert {event.run for event in stage.seen} == {stage.finished.run}
