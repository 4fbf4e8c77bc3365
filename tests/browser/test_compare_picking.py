"""Compare, in the browser: ways to columns of runs that recruited nobody, and back to sentences from a word diff."""

import re

from playwright.sync_api import Page, expect

from disputed_run import Disputation
from engine.events import Event
from solved_run import Solving
from stage import ScriptedStage


def told(stage: ScriptedStage, events: list[Event]) -> None:
    """Record a run."""
    for event in events:
        stage.recorder.record(event)
    stage.recorder.flush()


def test_a_run_of_one_expert_is_put_beside_others_of_its_question(stage: ScriptedStage, page: Page) -> None:
    question = "A cart holds 8 crates of 9 jars.\nHow many jars does it hold?"
    told(stage, Disputation(question=question).events("jars"))
    told(stage, Solving(question=question).events("solo"))
    told(stage, Solving(question="How many wheels has a cart?").events("wheels"))
    page.goto(f"{stage.address}/traces?run=solo")
    page.locator(".compare-experts summary").click()
    expect(page.locator(".compare-experts").get_by_role("checkbox")).to_have_count(0)
    page.get_by_role("link", name="The run with another").click()
    expect(page.get_by_role("list", name="Chosen columns")).to_contain_text("A cart holds 8 crates")
    runs = page.get_by_role("list", name="Runs")
    expect(runs.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Runs of the same question").click()
    expect(runs.get_by_role("listitem")).to_have_count(2)
    runs.get_by_role("button", name=re.compile("^One of its experts")).click()
    runs.get_by_role("button", name=re.compile(r"^Solver 1\.5B")).click()
    expect(page.locator('.compare-head[data-column="solo~solver"]')).to_be_visible()
    expect(page.locator('.compare-head[data-column="solo~solver"]')).to_contain_text("72 ✓")
    page.get_by_role("button", name="Add column").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=re.compile(r"^Solver 1\.5B")).first).to_be_disabled()
    expect(dialog.get_by_role("button", name=re.compile("^Other"))).to_have_count(0)


def test_the_next_difference_is_shown_where_a_word_diff_was(stage: ScriptedStage, page: Page) -> None:
    told(stage, Disputation(choices=("seventy-one", "seventy-two")).events("jars"))
    page.goto(f"{stage.address}/compare?run=jars&experts=small,middle")
    expect(page.locator(".compare-question .choices li")).to_have_count(2)
    reason = page.locator('.compare-row[data-step="reason"]').first
    reason.get_by_role("button", name="Word diff").click()
    diff = reason.get_by_role("group", name="Word diff")
    expect(diff.locator("del").first).to_be_visible()
    page.keyboard.press("n")
    expect(reason.locator(".compare-sentence[data-lit]:focus")).to_be_visible()
    expect(diff).to_be_hidden()
