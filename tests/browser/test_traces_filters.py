"""Traces, in the browser: filters are chips, and the address has them."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from recorded_runs import DAY, record
from stage import QUESTION, ScriptedStage

ROWS = ".traces-table tbody tr"


@pytest.fixture
def listed(stage: ScriptedStage, page: Page) -> Page:
    """The list of four runs: three recorded ones of another pool and one that was asked just now."""
    now = time.time()
    record(stage, "long-ago", "Who built the wall?", at=now - 40 * DAY, correct=False)
    record(stage, "last-week", "Who paid for it?", at=now - 5 * DAY, correct=True, protocol="symbolic-moe")
    record(stage, "failed", "Who tore it down?", at=now - 5 * DAY + 60, outcome="failed", answer=None)
    stage.done()
    page.goto(f"{stage.address}/traces")
    expect(page.locator(ROWS)).to_have_count(4)
    return page


@pytest.mark.parametrize(
    ("chip", "option", "address", "left"),
    [
        ("Protocol", "symbolic-moe", "protocol", ["last-week"]),
        ("Pool", "elders", "pool", ["failed", "last-week", "long-ago"]),
        ("Expert", "Oracle 13B", "expert", ["failed", "last-week", "long-ago"]),
        ("Status", "failed", "status", ["failed"]),
        ("Answer", "wrong", "correct", ["long-ago"]),
        ("Answer", "not judged", "correct", ["failed"]),
        ("Date", "last 30 days", "since", [None, "failed", "last-week"]),
    ],
)
def test_a_filter_narrows_the_list_and_can_be_taken_away(
    listed: Page, chip: str, option: str, address: str, left: list[str | None]
) -> None:
    listed.get_by_label(chip, exact=True).select_option(option)
    expect(listed.locator(ROWS)).to_have_count(len(left))
    for row, run in zip(listed.locator(ROWS).all(), left, strict=True):
        if run:
            expect(row).to_have_attribute("data-run", run)
    assert address in parse_qs(urlsplit(listed.url).query)
    listed.reload()
    expect(listed.locator(ROWS)).to_have_count(len(left))
    expect(listed.get_by_label(chip, exact=True).locator("option:checked")).to_have_text(option)
    listed.get_by_role("button", name=f"Take away the filter {chip}").click()
    expect(listed.locator(ROWS)).to_have_count(4)
    assert urlsplit(listed.url).query == ""


def test_dates_can_be_chosen_from_and_to(listed: Page) -> None:
    def day(days_ago: int) -> str:
        return time.strftime("%Y-%m-%d", time.localtime(time.time() - days_ago * DAY))

    listed.get_by_label("Date", exact=True).select_option("between …")
    listed.get_by_label("To this day").fill(day(5))
    expect(listed.locator(ROWS)).to_have_count(3)
    listed.get_by_label("From this day").fill(day(20))
    expect(listed.locator(ROWS)).to_have_count(2)
    listed.reload()
    expect(listed.locator(ROWS)).to_have_count(2)
    expect(listed.get_by_label("To this day")).to_have_value(day(5))


def test_filters_and_search_go_together_and_all_are_cleared_at_once(listed: Page) -> None:
    listed.get_by_label("Search all text").fill("who")
    expect(listed.locator(ROWS)).to_have_count(3)
    listed.get_by_label("Status", exact=True).select_option("done")
    expect(listed.locator(ROWS)).to_have_count(2)
    listed.get_by_role("button", name="With a note").click()
    expect(listed.get_by_text("No run matches")).to_be_visible()
    listed.get_by_role("button", name="Clear all", exact=True).click()
    expect(listed.locator(ROWS)).to_have_count(4)
    assert urlsplit(listed.url).query == ""
    listed.go_back()
    expect(listed.get_by_text("No run matches")).to_be_visible()


def test_a_filtered_list_is_a_link(listed: Page, stage: ScriptedStage) -> None:
    listed.goto(f"{stage.address}/traces?expert=oracle&status=done&text=wall")
    expect(listed.locator(ROWS)).to_have_count(1)
    expect(listed.locator(ROWS)).to_have_attribute("data-run", "long-ago")
    expect(listed.get_by_label("Expert", exact=True).locator("option:checked")).to_have_text("Oracle 13B")
    expect(listed.get_by_label("Search all text")).to_have_value("wall")


def test_experts_of_another_pool_have_their_titles_and_colours(listed: Page) -> None:
    who = listed.locator('[data-run="long-ago"] .who')
    expect(who).to_have_text("Oracle 13B")
    expect(who).to_have_attribute("data-expert", "1")


def test_on_a_narrow_page_filters_wait_behind_one_word(listed: Page) -> None:
    listed.set_viewport_size({"width": 390, "height": 800})
    expect(listed.get_by_label("Protocol", exact=True)).to_be_hidden()
    listed.get_by_role("button", name="Filter …").click()
    listed.get_by_label("Protocol", exact=True).select_option("symbolic-moe")
    expect(listed.locator(ROWS)).to_have_count(1)
    listed.get_by_role("button", name="Fewer filters").click()
    expect(listed.get_by_label("Protocol", exact=True)).to_be_visible()
    assert listed.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_what_the_server_refuses_and_a_lost_connection_are_said(listed: Page) -> None:
    answer = {"status": 400, "json": {"detail": "There is no such outcome."}}
    listed.route("**/record/runs?*", lambda route: route.fulfill(**answer))
    listed.reload()
    expect(listed.get_by_text("There is no such outcome.")).to_be_visible()
    listed.unroute("**/record/runs?*")
    listed.get_by_role("button", name="Try again").click()
    expect(listed.locator(ROWS)).to_have_count(4)

    listed.route("**/record/runs?*", lambda route: route.abort())
    listed.get_by_label("Search all text").fill("jars")
    expect(listed.get_by_text("Connection lost, trying again …")).to_be_visible()
    listed.unroute("**/record/runs?*")
    expect(listed.locator(ROWS)).to_have_count(1)
    expect(listed.locator(".question a")).to_have_text(QUESTION)
