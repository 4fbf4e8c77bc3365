"""Ask, in the browser: a question is posed and answered, live."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from ask_form import unfold
from stage import CRITIQUE, LARGE, QUESTION, SMALL, ScriptedStage, run_in, working


def pose(page: Page, stage: ScriptedStage, text: str = QUESTION) -> str:
    """Type a question and press Ask; the run's id, once the address has it."""
    page.goto(stage.address)
    expect(page.get_by_role("list", name="Experts of the pool")).to_be_visible()
    page.get_by_role("textbox", name="Question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"\?run="))
    return run_in(page.url)


def over(page: Page, status: str = "done") -> None:
    """Wait until the view shows a run that has ended so."""
    expect(page.locator(".run-view")).to_have_attribute("data-status", status)


def panel(call: str) -> str:
    """The selector of the panel or row of a call."""
    return f'[data-call="{call}"]'


def test_a_question_is_reasoned_on_criticised_refined_and_answered(stage: ScriptedStage, page: Page) -> None:
    page.goto(stage.address)
    expect(page.get_by_role("list", name="Experts of the pool")).to_contain_text("Qwen2.5-Coder 1.5B")
    page.get_by_role("textbox", name="Question").fill(QUESTION)
    unfold(page, "Right answer")
    page.get_by_label("Where you know it").fill("72")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"\?run="))
    over(page)

    view = page.locator(".run-view")
    expect(view.locator(".question-text")).to_have_text(QUESTION)
    skills = view.get_by_role("list", name="Skills of the question")
    expect(skills.get_by_role("listitem").first).to_contain_text("multiplication 5/5 → multiplication 1.00")
    expect(view.get_by_role("row", name=re.compile("Qwen2.5-Coder 1.5B"))).to_contain_text(
        re.compile(r"drawn \d")
    )

    for call, text in stage.texts(run_in(page.url)).items():
        if call.startswith("reason/"):
            assert page.locator(f"{panel(call)} .streamed").text_content() == text
    critiques = view.locator(".critique")
    expect(critiques).to_have_count(6)
    expect(critiques.first.locator(".streamed")).to_be_hidden()
    view.get_by_role("button", name="Unfold all").click()
    for critique in critiques.all():
        expect(critique.locator(".streamed")).to_have_text(CRITIQUE)

    persuaded = view.locator(panel("refine/1/qwen2.5-coder-0.5b/0"))
    expect(persuaded).to_contain_text("changed its answer: 70 ✗ → 72 ✓")
    expect(persuaded.locator("del").first).to_contain_text("70")
    expect(persuaded.locator("ins").first).to_contain_text("72")
    expect(view.locator(panel(f"refine/1/{SMALL}/0"))).to_contain_text("stood by its answer")

    expect(view.locator(".final")).to_have_text("72")
    expect(view.locator(".conclusion")).to_contain_text("✓ right")
    expect(view.locator(".agreed")).to_have_text("2 of 3 agree")
    minds = view.get_by_role("list", name="Whose mind was changed")
    expect(minds).to_contain_text("Qwen2.5-Coder 0.5B 70 → 72 wrong → right after an error was found by")


def test_a_slow_expert_holds_nobody_else(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold(SMALL)
    pose(page, stage)
    fast, slow = page.locator(panel(f"reason/{LARGE}/0")), page.locator(panel(f"reason/{SMALL}/0"))
    expect(fast.locator(".streamed")).to_have_text(working("72"))
    expect(fast).to_have_attribute("data-phase", "done")
    expect(slow).to_have_attribute("data-phase", "thinking")
    expect(slow.locator(".streamed")).to_have_text("")
    gate.open()
    over(page)
    expect(slow.locator(".streamed")).to_have_text(working("71"))


def test_a_refresh_in_the_middle_loses_nothing(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold(SMALL)
    run = pose(page, stage)
    done = page.locator(f"{panel(f'reason/{LARGE}/0')} .streamed")
    expect(done).to_have_text(working("72"))
    before = done.text_content()
    page.reload()
    expect(done).to_have_text(working("72"))
    assert done.text_content() == before == stage.texts(run)[f"reason/{LARGE}/0"]
    expect(page.locator(".run-view")).to_have_attribute("data-status", "running")
    gate.open()
    over(page)
    expect(page.locator(".final")).to_have_text("72")


def test_a_second_tab_attaches_live(stage: ScriptedStage, page: Page, new_page: Callable[..., Page]) -> None:
    gate = stage.hold(SMALL)
    pose(page, stage)
    second = new_page()
    second.goto(page.url)
    for tab in (page, second):
        expect(tab.locator(panel(f"reason/{LARGE}/0"))).to_have_attribute("data-phase", "done")
    gate.open()
    for tab in (page, second):
        over(tab)
        expect(tab.locator(".final")).to_have_text("72")


def test_stop_ends_the_run_and_keeps_what_came(stage: ScriptedStage, page: Page) -> None:
    stage.hold(SMALL)
    run = pose(page, stage)
    expect(page.locator(panel(f"reason/{LARGE}/0"))).to_have_attribute("data-phase", "done")
    page.get_by_role("button", name="Stop").click()
    over(page, "stopped")
    expect(page.locator(panel(f"reason/{SMALL}/0"))).to_have_attribute("data-phase", "stopped")
    expect(page.locator(f"{panel(f'reason/{LARGE}/0')} .streamed")).to_have_text(working("72"))
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    assert stage.traces.status(run) == "stopped"
    assert stage.runtime.running[SMALL] == 0


def test_an_expert_that_cannot_be_loaded_says_why_and_the_others_go_on(
    stage: ScriptedStage, page: Page
) -> None:
    stage.runtime.refuse[SMALL] = "Its file is cut short: run `disputatio pull`."
    pose(page, stage)
    over(page)
    failed = page.locator(panel(f"reason/{SMALL}/0"))
    expect(failed).to_have_attribute("data-phase", "failed")
    expect(failed.locator(".problem")).to_contain_text("Its file is cut short")
    expect(page.locator(".critique")).to_have_count(2)
    expect(page.locator(".final")).to_have_text("72")
    expect(page.get_by_role("list", name="Notices")).to_contain_text("SmolLM2 135M gave no answer")


def test_loading_is_shown_while_it_lasts(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold(LARGE, loading=True)
    pose(page, stage)
    expect(page.locator(".sentence")).to_contain_text("Loading Qwen2.5-Coder 1.5B")
    gate.open()
    over(page)


def test_a_lost_connection_is_said_and_mended(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold(SMALL)
    pose(page, stage)
    expect(page.locator(panel(f"reason/{LARGE}/0"))).to_have_attribute("data-phase", "done")
    page.context.set_offline(True)
    expect(page.get_by_text("Connection lost, trying again")).to_be_visible()
    gate.open()
    page.context.set_offline(False)
    over(page)
    expect(page.get_by_text("Connection lost, trying again")).to_be_hidden()
    expect(page.locator(f"{panel(f'reason/{SMALL}/0')} .streamed")).to_have_text(working("71"))


def test_a_phone_shows_it_all_without_scrolling_sideways(
    stage: ScriptedStage, new_page: Callable[..., Page]
) -> None:
    run = stage.done()
    phone = new_page(width=390)
    for path in ("/", f"/?run={run}", "/traces", f"/traces?run={run}"):
        phone.goto(stage.address + path)
        shown = {"/": ".expert-card", "/traces": ".traces-table tbody tr"}.get(path, ".final")
        expect(phone.locator(shown).first).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
