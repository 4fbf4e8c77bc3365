"""How a run can end, as the view tells it."""

import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

from engine.events import CallDelta, CallQueued, CallStarted, RunStarted, StepStarted
from engine.pool import Expert
from engine.runtimes.base import Message, Sampling
from engine.skills import KEYWORD_MAX_TOKENS
from stage import ScriptedStage
from storage.database import Database
from storage.recorder import Recorder
from storage_events import call_finished, run_finished, run_started


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
