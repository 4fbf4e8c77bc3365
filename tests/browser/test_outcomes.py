"""How a run can end, as the view tells it."""

import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

from engine.events import CallDelta, CallQueued, CallStarted, ExpertLoading, RunStarted, StepStarted
from engine.pool import Expert
from engine.runtimes.base import Message, Sampling
from engine.skills import KEYWORD_MAX_TOKENS
from stage import ScriptedStage
from storage.database import Database
from storage.recorder import Recorder
from storage_events import call_finished, call_queued, run_finished, run_started


def shown(page: Page, stage: ScriptedStage, run: str) -> None:
    """Open a run."""
    page.goto(f"{stage.address}/?run={run}")


def test_experts_of_whom_none_gave_the_answer_are_no_consensus(stage: ScriptedStage, page: Page) -> None:
    def all_differ(expert: Expert, _messages: Sequence[Message], _sampling: Sampling) -> str:
        asked = len(stage.runtime.calls)
        return f"{expert.name} says, the {asked}th time: the answer is \\boxed{{{asked}}}"

    stage.runtime.script = all_differ
    shown(page, stage, stage.done())
    expect(page.locator(".agreed")).to_contain_text("No consensus: none of 3 experts gave this answer")
    expect(page.locator(".conclusion")).to_contain_text("✗ wrong, right is 72")


def test_texts_without_an_answer_are_said_to_have_none(stage: ScriptedStage, page: Page) -> None:
    stage.runtime.script = lambda _expert, _messages, _sampling: "That is a deep matter."
    shown(page, stage, stage.done())
    expect(page.locator(".final")).to_have_text("No answer could be extracted: read what the experts wrote.")
    expect(page.locator('[data-call^="reason/"] .verdict').first).to_have_text("no answer found ✗ wrong")
    expect(page.get_by_role("list", name="Notices")).to_contain_text("no answer that could be read")


def test_a_run_that_nobody_could_answer_has_failed_and_says_why(stage: ScriptedStage, page: Page) -> None:
    stage.runtime.refuse = {
        expert.name: "Its weights are not here: pull them." for expert in stage.pool.experts
    }
    shown(page, stage, stage.done())
    expect(page.locator(".run-view")).to_have_attribute("data-status", "failed")
    expect(page.locator(".sentence")).to_contain_text("Its weights are not here: pull them.")


def test_an_answer_cut_off_at_its_limit_says_so(stage: ScriptedStage, page: Page) -> None:
    words = "and so on " * 1000
    stage.runtime.script = lambda _expert, _messages, sampling: (
        "Keywords: a, b" if sampling.max_tokens == KEYWORD_MAX_TOKENS else words
    )
    shown(page, stage, stage.done())
    expect(page.locator('[data-call^="reason/"] .state').first).to_have_text("done, cut off at its limit")


def test_a_run_whose_application_ended_is_interrupted_until_it_goes_on(
    stage: ScriptedStage, page: Page, tmp_path: Path
) -> None:
    run, call = "20261121-120000-abcdef", "reason/smollm2-135m/0"
    about = {"run": run, "at": time.time()}
    experts = [expert.model_dump(include={"name", "title", "parameters"}) for expert in stage.pool.experts]
    question = {"text": "Why?", "choices": [], "document": "", "kind": "open", "gold": None}
    database = Database(tmp_path / "record.db")
    with Recorder(database) as recorder:
        recorder.record(
            RunStarted(
                question=question,
                protocol="disputation",
                settings={},
                pool="pocket",
                runtime="scripted",
                seed=1,
                steps=["reason"],
                experts=experts,
                **about,
            )
        )
        recorder.record(StepStarted(step="reason", ordinal=0, **about))
        recorder.record(
            CallQueued(call=call, expert="smollm2-135m", step="reason", messages=[], sampling={}, **about)
        )
        recorder.record(CallStarted(call=call, **about))
        recorder.record(CallDelta(call=call, text="Because of", tokens=2, **about))

    shown(page, stage, run)
    expect(page.locator(f'[data-call="{call}"] .streamed')).to_have_text("Because of")
    expect(page.locator(".sentence")).to_contain_text("Interrupted: Disputatio ended")
    expect(page.locator(f'[data-call="{call}"]')).to_have_attribute("data-phase", "interrupted")

    about["at"] = time.time()
    with Recorder(database) as recorder:
        recorder.record(call_finished(run, call, "Because of rain.", at=about["at"]))
        recorder.record(run_finished(run, "rain", at=about["at"]))
    database.close()
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    expect(page.locator(f'[data-call="{call}"]')).to_have_attribute("data-phase", "done")


def test_a_run_of_another_process_cannot_be_stopped_from_here_and_that_is_said(
    stage: ScriptedStage, page: Page
) -> None:
    stage.recorder.record(run_started("20261121-120000-abcdef", at=time.time()))
    stage.recorder.flush()
    page.goto(f"{stage.address}/?run=20261121-120000-abcdef")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Another Disputatio asks this run")).to_be_visible()


def expert_loading(run: str, at: float) -> ExpertLoading:
    return ExpertLoading(run=run, at=at, expert="small", share=0.5, message="reading weights")


def test_what_was_loaded_when_a_run_was_interrupted_is_not_loaded_for_ever(
    stage: ScriptedStage, page: Page
) -> None:
    run, call, now = "20261121-120000-abcdef", "reason/small/0", time.time()
    began = now - 7200
    first = [
        run_started(run, at=began),
        StepStarted(run=run, at=began, step="reason", ordinal=0),
        call_queued(run, call, at=began),
        expert_loading(run, began + 4),
    ]
    again = [
        run_started(run, at=now - 4),
        StepStarted(run=run, at=now - 4, step="reason", ordinal=0),
        call_queued(run, call, at=now - 4),
        call_queued(run, "reason/other/0", "other", at=now - 4),
    ]
    for event in (*first, *again):
        stage.recorder.record(event)
    stage.recorder.flush()
    shown(page, stage, run)
    expect(page.locator(".sentence")).to_have_text("Reasoning: 0 of 2 done …")
    expect(page.locator(".timeline")).to_contain_text("4.0 s in all")
    stage.recorder.record(run_finished(run, "B", at=now))
    expect(page.locator(".timeline")).to_contain_text("8.0 s in all")


def test_a_run_that_is_asked_anew_after_it_failed_shows_nothing_of_before(
    stage: ScriptedStage, page: Page
) -> None:
    run = "20261121-120000-abcdef"
    failed = [
        run_started(run),
        StepStarted(run=run, at=1_001.0, step="reason", ordinal=0),
        call_queued(run, "reason/small/0"),
        call_finished(run, "reason/small/0", "Of the first attempt."),
        run_finished(run, None, outcome="failed", correct=None, error="It broke."),
    ]
    again = [
        run_started(run),
        StepStarted(run=run, at=1_001.0, step="reason", ordinal=0),
        call_queued(run, "reason/large/0", "large"),
        call_finished(run, "reason/large/0", "Of the second attempt."),
        run_finished(run, "B"),
    ]
    for event in failed:
        stage.recorder.record(event)
    stage.recorder.flush()
    shown(page, stage, run)
    expect(page.locator(".run-view")).to_contain_text("Of the first attempt.")
    for event in again:
        stage.recorder.record(event)
    stage.recorder.flush()
    page.reload()
    expect(page.locator(".run-view")).to_contain_text("Of the second attempt.")
    expect(page.locator(".run-view")).not_to_contain_text("Of the first attempt.")
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
