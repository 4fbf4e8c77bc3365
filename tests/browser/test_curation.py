"""Tags, note and deletion in the view of one run, in the browser."""

import pytest
from playwright.sync_api import Page, expect

from recorded_runs import record
from stage import ScriptedStage
from storage_events import eventually

CURATION = ".curation"


@pytest.fixture
def opened(stage: ScriptedStage, page: Page) -> Page:
    """An opened run, of two."""
    record(stage, "other", "What else?", at=1_000_000.0)
    record(stage, "opened", "What now?", at=1_000_001.0)
    page.goto(f"{stage.address}/traces?run=opened")
    expect(page.locator(CURATION)).to_be_visible()
    return page


def test_tags_are_added_taken_away_and_kept(opened: Page, stage: ScriptedStage) -> None:
    for tag in ("hard", "to show"):
        opened.get_by_role("combobox", name="Add a tag").fill(tag)
        opened.keyboard.press("Enter")
    expect(opened.locator(CURATION).get_by_role("listitem")).to_have_count(2)
    opened.reload()
    expect(opened.locator(CURATION).get_by_role("listitem")).to_contain_text(["hard", "to show"])
    opened.get_by_role("button", name="Take away the tag hard").click()
    expect(opened.locator(CURATION).get_by_role("listitem")).to_have_count(1)
    opened.get_by_role("link", name="All traces").click()
    expect(opened.locator('[data-run="opened"] button.tag')).to_have_text("to show")
    opened.goto(f"{stage.address}/traces?run=other")
    opened.get_by_role("combobox", name="Add a tag").focus()
    expect(opened.locator("datalist option")).to_have_attribute("value", "to show")


def test_a_note_saves_itself_and_marks_the_run_on_the_list(opened: Page) -> None:
    opened.get_by_label("Note").fill("Look again.\nTwice.")
    expect(opened.get_by_text("saved", exact=True)).to_be_visible()
    opened.reload()
    expect(opened.get_by_label("Note")).to_have_value("Look again.\nTwice.")
    opened.get_by_role("link", name="All traces").click()
    expect(opened.locator('[data-run="opened"]')).to_contain_text("note")
    opened.get_by_role("button", name="With a note").click()
    expect(opened.locator(".traces-table tbody tr")).to_have_count(1)


def test_a_note_is_not_lost_when_the_page_goes_at_once(opened: Page, stage: ScriptedStage) -> None:
    opened.get_by_label("Note").focus()
    opened.keyboard.type("In haste")
    opened.goto(f"{stage.address}/traces")
    eventually(lambda: stage.record.curation.of("opened").note == "In haste")


def test_a_note_that_could_not_be_saved_is_saved_later(opened: Page) -> None:
    opened.route("**/curation", lambda route: route.abort())
    opened.get_by_label("Note").fill("Kept all the same")
    expect(opened.get_by_text("not saved: connection lost")).to_be_visible()
    opened.unroute("**/curation")
    expect(opened.get_by_text("saved", exact=True)).to_be_visible()
    opened.reload()
    expect(opened.get_by_label("Note")).to_have_value("Kept all the same")


@pytest.mark.parametrize("path", ["/traces", "/"])
def test_an_opened_run_is_deleted_and_brought_back(stage: ScriptedStage, page: Page, path: str) -> None:
    record(stage, "opened", "What now?", at=1_000_001.0)
    page.goto(f"{stage.address}{path}?run=opened")
    page.get_by_role("button", name="Delete run").click()
    asking = page.get_by_role("dialog", name="Delete this run?")
    expect(asking).to_contain_text("What now?")
    asking.get_by_role("button", name="Delete", exact=True).click()
    expect(page).to_have_url(f"{stage.address}{path}")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".question-text")).to_have_text("What now?")
    expect(page).to_have_url(f"{stage.address}{path}?run=opened")
