"""Traces, in the browser: runs are listed, searched and opened."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from engine.protocols import PROTOCOLS
from engine.question import Question
from recorded_runs import record
from stage import LARGE, QUESTION, SMALL, ScriptedStage

ROWS = ".traces-table tbody tr"
OTHER = "Which of the planets has the shortest day?"


def rows(page: Page) -> list[str]:
    """The questions on the list, from the top."""
    return page.locator(".traces-table tbody .question a").all_inner_texts()


def test_runs_are_listed_newest_first_and_opened_at_an_address_of_their_own(
    stage: ScriptedStage, page: Page
) -> None:
    first, second = stage.done(), stage.done(OTHER, protocol="symbolic-moe")
    page.goto(f"{stage.address}/traces")
    expect(page.locator(ROWS)).to_have_count(2)
    assert rows(page) == [OTHER, QUESTION]
    row = page.locator(f'[data-run="{first}"]')
    for shown in ("disputation", "Qwen2.5-Coder 1.5B", "done", "72 ✓"):
        expect(row).to_contain_text(shown)

    page.get_by_role("link", name=QUESTION).press("Enter")
    expect(page).to_have_url(f"{stage.address}/traces?run={first}")
    expect(page.locator(".final")).to_have_text("72")
    expect(page.locator(".traces-table")).to_be_hidden()
    page.reload()
    expect(page.locator(".final")).to_have_text("72")

    page.get_by_role("link", name="All traces").click()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator(".run-view")).to_be_empty()
    page.go_back()
    expect(page.locator(".final")).to_have_text("72")
    assert stage.traces.status(second) == "done"


def test_a_search_marks_what_it_found(stage: ScriptedStage, page: Page) -> None:
    stage.done()
    stage.done(OTHER, protocol="symbolic-moe")
    page.goto(f"{stage.address}/traces")
    expect(page.locator(ROWS)).to_have_count(2)
    page.get_by_label("Search all text").fill("planets")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(".question a mark")).to_have_text("planets")
    expect(page.locator(".question a")).to_have_text(OTHER)
    page.reload()
    expect(page.locator("mark")).to_have_text("planets")

    page.get_by_label("Search all text").fill("second adds where")
    expect(page.locator(".snippet")).to_contain_text("The second step adds where it should multiply.")
    assert set(page.locator(".snippet mark").all_inner_texts()) == {"second", "adds", "where"}
    page.get_by_label("Search all text").fill("multiplication no such word")
    expect(page.get_by_text("No run matches")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.get_by_label("Search all text")).to_have_value("")


def test_a_running_run_changes_on_the_list_and_can_be_stopped_where_it_is_opened(
    stage: ScriptedStage, page: Page
) -> None:
    gate = stage.hold(SMALL)
    run = stage.ask()
    page.goto(f"{stage.address}/traces")
    row = page.locator(f'[data-run="{run}"]')
    expect(row).to_have_attribute("data-status", "running")
    gate.open()
    expect(row).to_have_attribute("data-status", "done")

    stage.hold(LARGE)
    page.goto(f"{stage.address}/traces?run={stage.ask()}")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".run-view")).to_have_attribute("data-status", "stopped")


def test_more_runs_come_when_asked_for(stage: ScriptedStage, page: Page) -> None:
    stage.runtime.refuse = {expert.name: "not today" for expert in stage.pool.experts}
    protocol = PROTOCOLS["symbolic-moe"]
    runs = [stage.engine.ask(Question.posed(f"What is {number}?"), protocol) for number in range(53)]
    for run in runs:
        stage.engine.wait(run)
    stage.recorder.flush()
    page.goto(f"{stage.address}/traces")
    expect(page.locator(ROWS)).to_have_count(50)
    page.get_by_role("button", name="More").click()
    expect(page.locator(ROWS)).to_have_count(53)
    expect(page.get_by_role("button", name="More")).to_be_hidden()
    assert len(set(rows(page))) == 53


def test_an_opened_run_leads_to_its_neighbours_and_back_to_the_same_place(
    stage: ScriptedStage, page: Page
) -> None:
    for number in range(30):
        record(stage, f"run-{number:02}", f"What is {number}?", at=1_000_000.0 + number)
    page.goto(f"{stage.address}/traces?protocol=disputation")
    expect(page.locator(ROWS)).to_have_count(30)
    page.get_by_role("link", name="What is 5?").click()
    expect(page.locator(".question-text")).to_have_text("What is 5?")
    expect(page.get_by_text("25 of 30")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".question-text")).to_have_text("What is 4?")
    page.keyboard.press("K")
    expect(page.locator(".question-text")).to_have_text("What is 5?")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{stage.address}/traces?protocol=disputation")
    expect(page.get_by_role("link", name="What is 5?")).to_be_in_viewport()
    expect(page.get_by_role("link", name="What is 5?")).to_be_focused()
    expect(page.get_by_role("heading", name="Traces")).not_to_be_in_viewport()


def test_an_empty_record_says_where_to_begin(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/traces")
    expect(page.get_by_text("No run yet: pose a question")).to_be_visible()


def test_an_unknown_run_is_said_to_be_unknown(stage: ScriptedStage, page: Page) -> None:
    for path in ("/traces", "/"):
        page.goto(f"{stage.address}{path}?run=20200101-000000-abcdef")
        expect(page.get_by_role("alert").filter(has_text="There is no such run")).to_be_visible()
        expect(page.get_by_role("link", name=re.compile("^All traces"))).to_be_visible()


def test_a_run_is_exported_as_json_lines(stage: ScriptedStage, page: Page, tmp_path: Path) -> None:
    run = stage.done()
    page.goto(f"{stage.address}/traces?run={run}")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON Lines").click()
    saved = tmp_path / "saved.jsonl"
    download.value.save_as(saved)
    (line,) = saved.read_text("utf-8").splitlines()
    exported = json.loads(line)
    assert exported["id"] == run
    assert exported["question"] == QUESTION
    assert {call["name"]: call["text"] for call in exported["calls"]} == stage.texts(run)
