"""Traces, in the browser: several runs at once, and the keys."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from recorded_runs import record
from stage import SMALL, ScriptedStage

ROWS = ".traces-table tbody tr"


@pytest.fixture
def listed(stage: ScriptedStage, page: Page) -> Page:
    """The list of five runs, named run-4 (the newest) to run-0."""
    for number in range(5):
        record(stage, f"run-{number}", f"What is {number}?", at=1_000_000.0 + number)
    page.goto(f"{stage.address}/traces")
    expect(page.locator(ROWS)).to_have_count(5)
    return page


def shown(page: Page) -> list[str | None]:
    """The ids of the runs on the list, from the top."""
    return [row.get_attribute("data-run") for row in page.locator(ROWS).all()]


def box(page: Page, number: int) -> Locator:
    """The tick of a run."""
    return page.get_by_role("checkbox", name=f"Tick: What is {number}?")


def bar(page: Page) -> Locator:
    """What can be done with the ticked runs."""
    return page.get_by_role("region", name="Ticked runs")


def current(page: Page) -> Locator:
    """The row that has the focus."""
    return page.locator(f"{ROWS}:focus-within")


def test_runs_are_ticked_one_by_one_in_ranges_and_all_at_once(listed: Page) -> None:
    expect(bar(listed)).to_be_hidden()
    box(listed, 3).check()
    expect(bar(listed)).to_contain_text("1 selected")
    box(listed, 1).click(modifiers=["Shift"])
    expect(bar(listed)).to_contain_text("3 selected")
    expect(box(listed, 2)).to_be_checked()
    everything = listed.get_by_role("checkbox", name="Tick all shown")
    assert everything.evaluate("box => box.indeterminate")
    everything.click()
    expect(bar(listed)).to_contain_text("5 selected")
    listed.get_by_label("Search all text").fill("4")
    expect(listed.locator(ROWS)).to_have_count(1)
    expect(bar(listed)).to_contain_text("5 selected, 4 of them not shown")
    bar(listed).get_by_role("button", name="Clear").click()
    expect(bar(listed)).to_be_hidden()
    expect(box(listed, 4)).not_to_be_checked()


def test_the_ticked_runs_are_exported(listed: Page, tmp_path: Path) -> None:
    box(listed, 3).check()
    box(listed, 0).check()
    with listed.expect_download() as download:
        bar(listed).get_by_role("button", name="Export JSON Lines").click()
    assert download.value.suggested_filename == "disputatio-runs.jsonl"
    download.value.save_as(tmp_path / "saved.jsonl")
    lines = (tmp_path / "saved.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["question"] for line in lines] == ["What is 3?", "What is 0?"]


def test_the_ticked_runs_get_a_tag_that_can_be_filtered_by(listed: Page) -> None:
    box(listed, 3).check()
    box(listed, 1).check()
    bar(listed).get_by_role("button", name="Add tag").click()
    listed.get_by_role("combobox", name="Add a tag").fill("to show")
    listed.keyboard.press("Enter")
    expect(listed.get_by_text("2 runs tagged “to show”.")).to_be_visible()
    listed.reload()
    expect(listed.locator("button.tag")).to_have_text(["to show", "to show"])
    listed.get_by_label("Tag", exact=True).select_option("to show")
    expect(listed.locator(ROWS)).to_have_count(2)
    assert shown(listed) == ["run-3", "run-1"]


def test_a_deletion_is_confirmed_and_can_be_undone(listed: Page) -> None:
    box(listed, 3).check()
    box(listed, 1).check()
    bar(listed).get_by_role("button", name="Delete").click()
    asking = listed.get_by_role("dialog", name="Delete 2 runs?")
    asking.get_by_role("button", name="Cancel").click()
    assert shown(listed) == ["run-4", "run-3", "run-2", "run-1", "run-0"]

    bar(listed).get_by_role("button", name="Delete").click()
    asking.get_by_role("button", name="Delete 2 runs").click()
    expect(listed.locator(ROWS)).to_have_count(3)
    expect(bar(listed)).to_be_hidden()
    listed.reload()
    expect(listed.locator(ROWS)).to_have_count(3)

    box(listed, 0).check()
    bar(listed).get_by_role("button", name="Delete").click()
    listed.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(listed.locator(ROWS)).to_have_count(2)
    listed.get_by_role("button", name="Undo").click()
    expect(listed.get_by_text("1 run brought back.")).to_be_visible()
    expect(listed.locator(ROWS)).to_have_count(3)
    assert shown(listed) == ["run-4", "run-2", "run-0"]


def test_a_run_that_goes_on_is_not_deleted(listed: Page, stage: ScriptedStage) -> None:
    stage.hold(SMALL)
    run = stage.ask()
    listed.reload()
    listed.locator(f'[data-run="{run}"] input').check()
    bar(listed).get_by_role("button", name="Delete").click()
    expect(listed.get_by_text("A run that still goes on cannot be deleted: stop it first.")).to_be_visible()
    box(listed, 3).check()
    bar(listed).get_by_role("button", name="Delete").click()
    asking = listed.get_by_role("dialog", name="Delete this run?")
    expect(asking).to_contain_text("What is 3?")
    expect(asking).to_contain_text("1 run that still goes on stays: stop it first.")
    asking.get_by_role("button", name="Delete").click()
    expect(listed.locator(ROWS)).to_have_count(5)
    expect(listed.locator(f'[data-run="{run}"]')).to_be_visible()
    expect(bar(listed)).to_contain_text("1 selected")


def test_a_run_that_was_ticked_while_it_went_on_is_deleted_when_it_is_over(
    listed: Page, stage: ScriptedStage
) -> None:
    gate = stage.hold(SMALL)
    run = stage.ask()
    listed.reload()
    row = listed.locator(f'[data-run="{run}"]')
    expect(row).to_have_attribute("data-status", "running")
    row.get_by_role("checkbox").check()
    gate.open()
    expect(row).to_have_attribute("data-status", "done")
    bar(listed).get_by_role("button", name="Delete").click()
    listed.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


def test_what_is_being_typed_stays_when_the_filters_come(listed: Page) -> None:
    held: list[Route] = []
    listed.route("**/record/facets*", lambda route: held.append(route))
    listed.reload()
    expect(listed.locator(ROWS)).to_have_count(5)
    search = listed.get_by_label("Search all text")
    search.press("4")
    for route in held:
        route.continue_()  # sooner than the search begins
    expect(listed.locator(ROWS)).to_have_count(1)
    expect(search).to_have_value("4")


def test_escape_closes_a_menu_of_an_opened_run_and_not_the_run(listed: Page) -> None:
    listed.get_by_role("link", name="What is 3?").click()
    menu = listed.locator("details.menu").filter(has_text="Export")
    menu.locator("summary").click()
    listed.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(listed).to_have_url(re.compile("run=run-3"))
    listed.keyboard.press("Escape")
    expect(listed).not_to_have_url(re.compile("run="))


def test_keys_move_open_tick_export_delete_and_undo(listed: Page) -> None:
    for key in ("j", "j", "k", "j", "j"):
        listed.keyboard.press(key)
    expect(current(listed)).to_have_attribute("data-run", "run-2")
    listed.keyboard.press("x")
    expect(box(listed, 2)).to_be_checked()
    with listed.expect_download():
        listed.keyboard.press("e")
    listed.keyboard.press("#")
    listed.get_by_role("dialog", name="Delete this run?").get_by_role("button", name="Delete").click()
    expect(listed.locator(ROWS)).to_have_count(4)
    expect(current(listed)).to_have_attribute("data-run", "run-1")
    listed.keyboard.press("u")
    expect(listed.locator(ROWS)).to_have_count(5)
    listed.keyboard.press("k")
    listed.keyboard.press("Enter")
    expect(listed.locator(".question-text")).to_have_text("What is 2?")
    listed.keyboard.press("Escape")
    expect(current(listed)).to_have_attribute("data-run", "run-2")
    listed.keyboard.press("?")
    keys = listed.get_by_role("dialog", name="Keys")
    for does in ("search", "next run", "open the run", "tick the run"):
        expect(keys).to_contain_text(does)


def test_no_key_fires_while_typing(listed: Page) -> None:
    listed.keyboard.press("j")
    listed.keyboard.press("/")
    search = listed.get_by_label("Search all text")
    expect(search).to_be_focused()
    listed.keyboard.type("xej#?")
    expect(search).to_have_value("xej#?")
    expect(listed.get_by_role("dialog")).to_have_count(0)
    expect(bar(listed)).to_be_hidden()
    search.fill("what")
    listed.keyboard.press("Enter")
    expect(current(listed)).to_have_attribute("data-run", "run-4")
