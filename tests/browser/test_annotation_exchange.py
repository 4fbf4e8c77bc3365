"""What was annotated on the page leaves as files, and comes back into another record."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotated_runs import CRITIQUE, criticised
from stage import ScriptedStage
from storage.annotations.queue_records import QueueFilters


@pytest.fixture
def judged(stage: ScriptedStage, page: Page) -> Page:
    """The agreement of a queue of two critiques, both of which were judged on the page."""
    criticised(stage, critiques=2)
    page.goto(f"{stage.address}/annotate")
    page.get_by_role("button", name="All critiques 2 critiques").click()
    expect(page.locator(".desk-head")).to_contain_text("1 of 2")
    page.locator('[data-passage="critique"]').press("Control+a")
    page.keyboard.press("3")
    page.get_by_label("Comment on the critique").fill("It names the step 😀.")
    page.get_by_role("radio", name="Helpful").check()
    page.get_by_role("button", name="Save & next").click()
    expect(page.locator(".desk-head")).to_contain_text("2 of 2")
    page.get_by_role("radio", name="Harmful").check()
    page.get_by_role("button", name="Save & next").click()
    page.get_by_role("link", name="See the agreement").click()
    expect(page.locator(".annotators")).to_have_text("you 2")
    return page


def saved(page: Page, words: str, file: Path) -> str:
    """Save one of the exports to a file; the name that the page gave it."""
    with page.expect_download() as download:
        page.get_by_role("link", name=words).click()
    download.value.save_as(file)
    return download.value.suggested_filename


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("words", "ending"), [("JSON Lines", "jsonl"), ("CSV", "csv")])
def test_annotations_are_exported_and_taken_in_elsewhere(
    words: str, ending: str, judged: Page, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / f"said.{ending}"
    assert saved(judged, words, file) == f"disputatio-All-critiques-annotations.{ending}"
    (tmp_path / "elsewhere").mkdir()
    with ScriptedStage(tmp_path / "elsewhere") as elsewhere:
        criticised(elsewhere, critiques=2)
        own = elsewhere.record.annotations.create_queue("Their own", QueueFilters())
        page = new_page()
        page.goto(f"{elsewhere.address}/annotate?queue={own.id}&view=agreement")
        field = page.get_by_label("Import annotations")
        field.set_input_files(file)
        expect(page.get_by_text("2 annotations taken in.")).to_be_visible()
        field.set_input_files(file)
        expect(page.get_by_text("0 annotations taken in, 2 were here already.")).to_be_visible()
        page.get_by_role("link", name="← Queues").click()
        page.get_by_role("link", name="Agreement in All critiques").click()
        expect(page.locator(".annotators")).to_have_text("you 2")
        [queue] = [one for one in elsewhere.record.annotations.queues() if one.id != own.id]
        first, second = elsewhere.record.annotations.of_queue(queue.id)
        assert (first.verdict, first.comment) == ("helpful", "It names the step 😀.")
        assert [(span.label, span.quote) for span in first.spans] == [("misses-the-error", f"1. {CRITIQUE}")]
        assert (second.verdict, second.spans) == ("harmful", ())


def test_a_file_that_is_none_says_why_nothing_was_taken(judged: Page, tmp_path: Path) -> None:
    (tmp_path / "letter.jsonl").write_text("Dear reader,\n", "utf-8")
    judged.get_by_label("Import annotations").set_input_files(tmp_path / "letter.jsonl")
    expect(judged.get_by_text("0 annotations taken in, 1 left out.")).to_be_visible()
    expect(judged.locator(".reasons li")).to_contain_text("Line 1: The line is not JSON")


def test_the_better_critique_is_preferred_in_the_pairs(judged: Page, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    assert saved(judged, "Preference pairs", file) == "disputatio-All-critiques-preferences.jsonl"
    [pair] = lines(file)
    assert pair["source"]["kind"] == "critique"
    assert pair["chosen"][-1]["content"] == f"1. {CRITIQUE}"
    assert pair["rejected"][-1]["content"] == f"2. {CRITIQUE}"
