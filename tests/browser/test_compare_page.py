"""Compare, in the browser: experts and runs side by side, the way there, and texts that are long or hostile."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from batched_runs import begun, pose
from disputed_run import Disputation
from hostile.scripts import SCRIPTS
from recorded_runs import record
from stage import LARGE, SMALL, ScriptedStage

SENTENCE = ".compare-sentence"
LIT = f"{SENTENCE}[data-lit]"


def told(stage: ScriptedStage, run: str, said: Disputation) -> str:
    """Record a disputation; its run."""
    for event in said.events(run):
        stage.recorder.record(event)
    stage.recorder.flush()
    return run


def row(page: Page, step: str) -> Locator:
    """The first row of a step."""
    return page.locator(f'.compare-row[data-step="{step}"]').first


def cell(row: Locator, column: int) -> Locator:
    """One column's part of a row."""
    return row.locator(".compare-cell").nth(column)


def columns(page: Page) -> list[str | None]:
    """The columns' names, in order."""
    return [head.get_attribute("data-column") for head in page.locator(".compare-head").all()]


@pytest.fixture
def experts(stage: ScriptedStage, page: Page) -> tuple[Page, str]:
    """Three experts of one disputation side by side; the page and the run."""
    run = told(stage, "jars", Disputation())
    page.goto(f"{stage.address}/compare?run={run}&experts=small,middle,large")
    expect(row(page, "reason").locator(SENTENCE).first).to_be_visible()
    return page, run


def test_experts_stand_side_by_side_and_what_they_say_alike_is_found(experts: tuple[Page, str]) -> None:
    page, _ = experts
    expect(page.locator(".compare-head")).to_have_count(3)
    summary = page.get_by_role("table", name="What the columns come to")
    expect(summary.get_by_role("row", name=re.compile("^answer"))).to_contain_text("✗ wrong")
    changed = summary.get_by_role("row", name=re.compile("^changed answers"))
    expect(changed).to_contain_text("wrong → right, 70 → 72 in round 1, after")
    plot = page.get_by_role("region", name="Who changed whose mind")
    expect(plot).to_contain_text("1 answer changed: 1 wrong → right.")
    expect(plot.locator(".point")).to_have_count(6)
    expect(plot.locator(".pull")).to_have_count(2)
    plot.get_by_text("As a table").click()
    expect(plot.get_by_role("row", name=re.compile("70 ✗ 72 ✓"))).to_be_visible()

    reason = row(page, "reason")
    alike = cell(reason, 0).get_by_role("button", name="There are 8 crates of 9 jars.")
    expect(alike).to_have_attribute("data-share", "4")
    alike.click()
    expect(alike).to_have_attribute("aria-pressed", "true")
    expect(reason.locator(LIT)).to_have_count(3)
    expect(page.get_by_role("status").filter(has_text="say about the same")).to_have_count(1)
    alike.press("ArrowRight")
    expect(cell(reason, 1).locator(LIT)).to_be_focused()
    alike.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(LIT)).to_have_count(0)
    contradiction = cell(reason, 2).locator(f'{SENTENCE}[data-contradiction="number"]').first
    expect(contradiction).to_contain_text("number")


def test_the_keys_lead_from_row_to_row_and_from_difference_to_difference(
    experts: tuple[Page, str],
) -> None:
    page, _ = experts
    page.keyboard.press("j")
    page.keyboard.press("j")
    reason = row(page, "reason")
    expect(reason.get_by_role("button", name="reasoning")).to_be_focused()
    page.keyboard.press("n")
    first = reason.locator(f"{LIT}:focus")
    expect(first).to_have_attribute("data-contradiction", "number")
    words = first.inner_text()
    page.keyboard.press("n")
    expect(page.locator(f"{LIT}:focus")).not_to_have_text(words)
    page.keyboard.press("p")
    expect(page.locator(f"{LIT}:focus")).to_have_text(words)

    page.keyboard.press("e")
    expect(cell(reason, 0).get_by_role("button", name="1 sentence all say")).to_be_visible()
    expect(cell(reason, 0).get_by_text("There are 8 crates")).to_be_hidden()
    cell(reason, 0).get_by_role("button", name="1 sentence all say").click()
    expect(cell(reason, 0).get_by_text("There are 8 crates")).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_text("1 sentence all say")).to_have_count(0)

    page.keyboard.press("d")
    diff = reason.get_by_role("group", name="Word diff")
    expect(diff.locator("del").first).to_contain_text("71")
    expect(diff.locator("ins").first).to_contain_text("70")
    reason.get_by_label("To column").select_option(label="3: Large 1.5B")
    expect(diff.locator("ins").first).to_contain_text("72")
    reason.get_by_role("button", name="Side by side").click()
    expect(cell(reason, 0)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("next difference")


def test_a_refinement_is_shown_as_what_became_of_the_first_text(experts: tuple[Page, str]) -> None:
    page, _ = experts
    refine = row(page, "refine")
    refine.scroll_into_view_if_needed()
    expect(cell(refine, 1).locator(SENTENCE).first).to_be_visible()
    refine.get_by_role("button", name="Before → after").click()
    expect(cell(refine, 1).locator(".changes ins").first).to_contain_text("72")
    expect(cell(refine, 1).locator(".changes del").first).to_contain_text("70")
    refine.get_by_role("button", name="Refined texts").click()
    expect(cell(refine, 1).locator(SENTENCE).first).to_be_visible()


def test_columns_are_moved_removed_replaced_and_added_by_the_address(experts: tuple[Page, str]) -> None:
    page, run = experts
    small, middle, large = (f"{run}~{name}" for name in ("small", "middle", "large"))
    page.get_by_role("button", name=re.compile("^Move to the right")).first.click()
    expect(page.locator(".compare-head").first).to_have_attribute("data-column", middle)
    assert columns(page) == [middle, small, large]
    expect(page.locator(f'.compare-head[data-column="{small}"] button:focus')).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Remove")).first.click()
    expect(page.locator(".compare-head")).to_have_count(2)
    assert columns(page) == [small, large]
    page.get_by_role("button", name=re.compile("^Replace")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile("^Whole run")).first.click()
    expect(page.locator(".compare-head").first).to_have_attribute("data-column", run)
    page.get_by_role("button", name="Add column").click()
    expect(dialog.get_by_role("button", name=re.compile("^Whole run")).first).to_be_disabled()
    dialog.get_by_role("button", name=re.compile("^Small 135M")).first.click()
    expect(page.locator(".compare-head")).to_have_count(3)
    assert columns(page) == [run, large, small]
    page.go_back()
    expect(page.locator(".compare-head")).to_have_count(2)
    page.reload()
    expect(page.locator(".compare-head")).to_have_count(2)
    assert columns(page) == [run, large]
    with page.expect_download() as saved:
        page.get_by_role("link", name="Export page").click()
    assert "<script" not in saved.value.path().read_text("utf-8").lower()


def test_the_empty_page_lets_one_pick_and_tells_what_cannot_be_compared(
    stage: ScriptedStage, page: Page
) -> None:
    page.goto(f"{stage.address}/compare")
    expect(page.get_by_text("No run yet.")).to_be_visible()
    one, two = stage.done("How many legs have two hens?"), stage.done("How many wheels has a cart?")
    page.goto(f"{stage.address}/compare")
    page.get_by_label("Search runs").fill("hens")
    expect(page.get_by_role("list", name="Runs").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Whole run, of: How many legs")).click()
    expect(page.get_by_role("list", name="Chosen columns")).to_contain_text("How many legs")
    page.get_by_label("Search runs").fill("")
    page.get_by_role("button", name=re.compile("^Whole run, of: How many wheels")).click()
    expect(page.locator(".compare-head")).to_have_count(2)
    assert columns(page) == [one, two]
    expect(page.get_by_text("These columns answer different questions.")).to_be_visible()
    page.goto(f"{stage.address}/compare?runs={one},none")
    expect(page.locator(".compare-view .told")).to_contain_text("none")
    expect(page.get_by_label("Search runs")).to_be_visible()


def test_runs_are_picked_in_traces_experts_on_a_run_and_questions_in_batches(
    stage: ScriptedStage, page: Page
) -> None:
    for number in range(5):
        record(stage, f"run-{number}", f"What is {number}?", at=1_000_000.0 + number)
    page.goto(f"{stage.address}/traces")
    bar = page.get_by_role("region", name="Ticked runs")
    page.get_by_role("checkbox", name="Tick: What is 0?").check()
    expect(bar.get_by_role("button", name="Compare")).to_be_hidden()
    page.get_by_role("checkbox", name="Tick: What is 3?").check()
    expect(bar.get_by_role("button", name="Compare")).to_be_visible()
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile(r"/compare\?runs=run-0,run-3$"))
    expect(page.locator(".compare-head")).to_have_count(2)

    run = stage.done()
    page.goto(f"{stage.address}/traces?run={run}")
    page.get_by_text("Compare experts").click()
    choice = page.locator(".compare-experts")
    expect(choice.get_by_text("Tick 2 to 4")).to_be_visible()
    for name in ("SmolLM2 135M", "Qwen2.5-Coder 1.5B"):
        choice.get_by_role("checkbox", name=name).check()
    choice.get_by_role("link", name="Compare", exact=True).click()
    expect(page.locator(".compare-head")).to_have_count(2)
    assert columns(page) == [f"{run}~{SMALL}", f"{run}~{LARGE}"]

    batch, other = begun(stage.record.batches), begun(stage.record.batches, "other", protocol="symbolic-moe")
    for one, right in ((batch, True), (other, False)):
        pose(stage.recorder, one, "q1", right=right, by=[("small", right)])
    page.goto(f"{stage.address}/batches?batch={batch.id}&against={other.id}")
    page.get_by_role("link", name="Compare both runs of: Question q1").click()
    expect(page.locator(".compare-head")).to_have_count(2)
    assert columns(page) == [f"{batch.key}-q1", f"{other.key}-q1"]


def test_on_a_phone_columns_are_tabs_over_a_stack(
    stage: ScriptedStage, new_page: Callable[..., Page]
) -> None:
    run = told(stage, "jars", Disputation())
    page = new_page(390)
    page.goto(f"{stage.address}/compare?run={run}&experts=small,middle,large")
    reason = row(page, "reason")
    reason.scroll_into_view_if_needed()
    expect(cell(reason, 0).locator(SENTENCE).first).to_be_in_viewport()
    expect(cell(reason, 2)).not_to_be_in_viewport()
    page.locator(".compare-head .tab").nth(2).click()
    expect(cell(reason, 2).locator(SENTENCE).first).to_be_in_viewport()
    expect(cell(reason, 0)).not_to_be_in_viewport()
    reason.locator(".compare-cells").evaluate("stack => stack.scrollTo({left: 0, behavior: 'instant'})")
    expect(page.locator(".compare-head .tab").first).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_columns_of_a_row_scroll_to_what_says_the_same(stage: ScriptedStage, page: Page) -> None:
    common = [f"Fact {number} is that jar {number} stands on shelf {number * 7}." for number in range(120)]
    aside = [f"Before that I wonder about lid {number} and its colour." for number in range(60)]
    reasons = {"small": ("\n".join(common), "1"), "middle": ("\n".join([*aside, *common]), "1")}
    run = told(stage, "long", Disputation(reasons=reasons, critiques={}, refined={}))
    page.goto(f"{stage.address}/compare?run={run}&experts=small,middle")
    reason = row(page, "reason")
    left, right = (cell(reason, column).locator(".cell-text:not(.changes)") for column in (0, 1))
    sentence = left.get_by_text("jar 60 stands")
    sentence.click()
    expect(right.get_by_text("jar 60 stands")).to_be_in_viewport()
    left.hover()
    page.mouse.wheel(0, 600)
    page.mouse.wheel(0, -200)
    expect(right.get_by_text("jar 70 stands")).to_be_in_viewport()
    page.get_by_role("button", name="Scroll together").click()
    stays = right.evaluate("text => text.scrollTop")
    left.hover()
    page.mouse.wheel(0, -2000)
    expect(left.get_by_text("jar 0 stands")).to_be_in_viewport()
    assert right.evaluate("text => text.scrollTop") == stays


def test_hostile_texts_stay_text(stage: ScriptedStage, page: Page) -> None:
    texts = list(SCRIPTS.values())
    nasty = "\n\n".join(texts)
    reasons = {"small": (nasty, texts[0]), "middle": (f"😀 {nasty}", texts[1])}
    said = Disputation(
        question=nasty, skills=texts[:2], reasons=reasons, critiques={}, refined={}, answer=texts[0]
    )
    for run in ("one", "two"):
        told(stage, run, said)
    for path in ("compare?runs=one,two", "compare?run=one&experts=small,middle", "compare"):
        page.goto(f"{stage.address}/{path}")
        expect(page.locator(".compare-view").get_by_text(texts[0][:20]).first).to_be_visible()
        if path != "compare":
            expect(row(page, "reason").locator(SENTENCE).first).to_be_visible()
            page.keyboard.press("d")
        expect(page.locator(".compare-view :is(img, script, iframe, a[href^='javascript'])")).to_have_count(0)
        assert page.evaluate("window.hit") is None
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
