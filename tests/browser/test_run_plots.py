"""What explains a run: suitability, the graph of critiques, whose mind was changed, and the timeline."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from playwright.sync_api import Locator, Page, expect

from disputed_run import CRITIQUE, EXPERTS, WORKING, Disputation
from engine.events import CritiqueJudged, Event
from stage import SMALL, ScriptedStage

RUN = "20261121-120000-abcdef"
VERDICTS = {
    "critique/small/on/middle": "right",  # though it is wrong
    "critique/small/on/large": "right",
    "critique/middle/on/large": None,
}


def judged(event: Event) -> Event:
    """The event, with the verdict that the tests want of its critique."""
    if isinstance(event, CritiqueJudged) and event.call in VERDICTS:
        return replace(event, verdict=VERDICTS[event.call])
    return event


@pytest.fixture
def events(stage: ScriptedStage) -> list[Event]:
    """What is recorded: three experts of whom one has its mind changed."""
    told = [judged(event) for event in Disputation().events(RUN)]
    for event in told:
        stage.recorder.record(event)
    stage.recorder.flush()
    return told


@pytest.fixture
def view(stage: ScriptedStage, page: Page, events: list[Event]) -> Locator:
    """The view of that run."""
    assert events
    page.goto(f"{stage.address}/traces?run={RUN}")
    view = page.locator(".run-view")
    expect(view).to_have_attribute("data-status", "done")
    return view


def edge(view: Locator, words: str) -> Locator:
    """The line in the graph of critiques that reads so."""
    return view.get_by_role("group", name="Who criticised whom").get_by_role("button", name=words)


def row(view: Locator, call: str) -> Locator:
    """The row of a critique."""
    return view.locator(f'.critiques [data-call="critique/{call}"]')


def bar(view: Locator, colour: str) -> Locator:
    """The first bar of a step in the timeline that plotly drew."""
    drawn = view.locator(".timeline-figure .bars .point path")
    return drawn.and_(view.locator(f"[style*='fill: {colour}']")).first


def test_skills_say_what_they_matched_and_light_their_segments(view: Locator) -> None:
    skills = view.get_by_role("list", name="Skills of the question")
    chip = skills.get_by_role("button").first
    expect(chip).to_contain_text("multiplication 4/5 → multiplication 0.83")
    segments = view.get_by_role("row", name=re.compile("Large 1.5B")).locator(".segment")
    expect(segments).to_have_count(2)
    chip.hover()
    expect(segments.and_(view.locator("[data-faded]"))).to_have_count(1)
    chip.click()
    view.locator(".question-text").hover()
    expect(segments.and_(view.locator("[data-faded]"))).to_have_count(1)
    chip.click()
    view.locator(".question-text").hover()
    expect(segments.and_(view.locator("[data-faded]"))).to_have_count(0)


def test_suitability_tells_each_skill_s_score_when_pointed_at(view: Locator) -> None:
    large = view.get_by_role("row", name=re.compile("Large 1.5B"))
    expect(large).to_contain_text("drawn 3rd")
    expect(large).to_contain_text("60 %")
    scores = large.get_by_role("img", name="Local score +3: multiplication +5, word problem +5")
    tip = large.locator(".tip")
    expect(tip).to_be_hidden()
    scores.hover()
    expect(tip).to_contain_text("word problem+5")
    view.locator(".question-text").hover()
    expect(tip).to_be_hidden()
    scores.focus()
    expect(tip).to_be_visible()
    view.get_by_text("Suitability = what").click()
    expect(view.get_by_text("softmax of suitability")).to_be_visible()


def test_the_graph_and_the_rows_give_each_critique_s_verdict(view: Locator) -> None:
    for call, words in {
        "small/on/middle": "Small 135M on Middle 0.5B: misses the error",
        "small/on/large": "Small 135M on Large 1.5B: agrees",
        "middle/on/large": "Middle 0.5B on Large 1.5B: no verdict",
        "large/on/middle": "Large 1.5B on Middle 0.5B: finds an error",
    }.items():
        expect(edge(view, words)).to_be_attached()
        expect(row(view, call)).to_contain_text(words.partition(": ")[2])
    expect(view.get_by_role("list", name="Verdicts")).to_contain_text("finds an error 3")


def test_a_click_on_a_line_unfolds_its_critique(view: Locator) -> None:
    line = edge(view, "Large 1.5B on Middle 0.5B")
    line.locator(".badge").click()
    unfolded = row(view, "large/on/middle")
    expect(unfolded.locator(".call-text")).to_contain_text("it should multiply")
    expect(unfolded).to_be_in_viewport()
    expect(line).to_have_attribute("data-selected", "")
    unfolded.locator("summary").click()
    expect(unfolded.locator(".call-text")).to_be_hidden()
    expect(line).not_to_have_attribute("data-selected", "")


def test_the_keyboard_goes_through_the_graph(view: Locator, page: Page) -> None:
    view.get_by_role("button", name=re.compile("^Small 135M, answered 71")).focus()
    page.keyboard.press("ArrowDown")
    expect(view.get_by_role("button", name=re.compile("^Middle 0.5B, answered 70"))).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(edge(view, "Middle 0.5B on Small 135M")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(view, "middle/on/small")).to_have_attribute("open", "")
    expect(row(view, "middle/on/small").locator("summary")).to_be_focused()


def test_an_expert_of_the_graph_leaves_what_it_said_and_heard(view: Locator) -> None:
    middle = view.get_by_role("button", name=re.compile("^Middle 0.5B, answered 70"))
    middle.hover()
    expect(view.locator(".edge[data-lit]")).to_have_count(4)
    expect(view.locator(".saying")).to_contain_text("Middle 0.5B found an error in 1 of 2 answers")
    middle.click()
    expect(view.locator(".critique:visible")).to_have_count(4)
    view.get_by_role("button", name="Show all").click()
    expect(view.locator(".critique:visible")).to_have_count(6)


def test_the_answer_says_who_agrees_and_who_changed_whose_mind(view: Locator) -> None:
    agreeing = view.get_by_role("list", name="Who agrees").get_by_role("listitem")
    expect(agreeing).to_have_text(
        ["Small 135M ✗ says 71", "Middle 0.5B ✓ agrees", "Large 1.5B ✓ agrees"], use_inner_text=True
    )
    changed = view.get_by_role("list", name="Whose mind was changed").get_by_role("listitem")
    expect(changed).to_have_text(
        re.compile(r"Middle 0\.5B 70 → 72 wrong → right after an error was found by\s+Large 1\.5B$")
    )
    expect(changed.locator(".verdict")).to_have_attribute("data-correct", "true")


def test_a_bar_of_the_timeline_tells_its_call_and_leads_to_it(view: Locator, page: Page) -> None:
    view.locator(".timeline").scroll_into_view_if_needed()
    refining = bar(view, "rgb(63, 157, 111)")
    expect(refining).to_be_visible()
    refining.hover(force=True)
    expect(view.locator(".hoverlayer")).to_contain_text("Small 135M: refine")
    expect(view.locator(".hoverlayer")).to_contain_text("generating 3.0 s · 120 tokens")
    box = refining.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(view.locator('[data-call="refine/small/0"]')).to_be_focused()
    expect(view.locator('[data-call="refine/small/0"]')).to_be_in_viewport()


def test_the_timeline_follows_the_light(view: Locator, page: Page) -> None:
    view.locator(".timeline").scroll_into_view_if_needed()
    ticks = view.locator(".timeline-figure .xtick text").first
    expect(ticks).to_have_css("fill", "rgb(90, 100, 118)")
    page.evaluate("document.body.classList.add('dark')")
    expect(ticks).to_have_css("fill", "rgb(163, 173, 191)")


def test_the_timeline_is_a_table_too_that_leads_to_a_folded_critique(view: Locator) -> None:
    view.get_by_text("As a table").click()
    table = view.get_by_role("group", name="Calls of the run")
    expect(table.get_by_role("row", name=re.compile("Small 135M reason"))).to_contain_text("3.0 s")
    table.get_by_role("button", name="critique on Large 1.5B").first.click()
    expect(row(view, "small/on/large")).to_have_attribute("open", "")
    expect(row(view, "small/on/large")).to_be_in_viewport()


def test_while_experts_write_the_timeline_is_drawn_without_plotly(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold(SMALL)
    page.goto(f"{stage.address}/?run={stage.ask()}")
    page.locator(".timeline").scroll_into_view_if_needed()
    expect(page.locator('.timeline-lanes [data-kind="generating"][data-step="reason"]').first).to_be_visible()
    assert page.locator("script[src*=plotly]").count() == 0
    gate.open()
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    page.locator(".timeline").scroll_into_view_if_needed()  # what came after it was seen stands above it
    expect(page.locator(".timeline-figure .main-svg").first).to_be_visible()
    expect(page.locator(".timeline-lanes")).to_have_count(0)


def test_in_a_large_run_plotly_comes_when_the_reader_wants_it(stage: ScriptedStage, page: Page) -> None:
    titles = EXPERTS | {f"expert-{number}": f"Expert {number}" for number in range(6)}
    answers = dict.fromkeys(titles, (WORKING.format(72), "72"))
    critiques = dict.fromkeys(permutations(titles, 2), CRITIQUE)
    large = Disputation(titles=titles, reasons=answers, critiques=critiques, refined=answers)
    for event in large.events(RUN):
        stage.recorder.record(event)
    stage.recorder.flush()
    page.goto(f"{stage.address}/traces?run={RUN}")
    page.locator(".timeline").scroll_into_view_if_needed()
    expect(page.locator('.timeline-lanes [data-step="refine"]').first).to_be_visible()
    assert page.locator("script[src*=plotly]").count() == 0
    page.get_by_role("button", name="Make it zoomable").click()
    expect(page.locator(".timeline-figure .main-svg").first).to_be_visible()
    expect(page.get_by_role("button", name="Make it zoomable")).to_have_count(0)


def test_a_replay_that_goes_back_takes_away_what_had_not_happened(
    stage: ScriptedStage, page: Page, events: list[Event]
) -> None:
    page.goto(f"{stage.address}/traces?run={RUN}&replay=1")
    page.get_by_role("button", name="Skip waiting").click()
    page.get_by_role("button", name="Pause").click()
    moment = page.get_by_role("slider", name="Moment of the replay")
    moment.fill(str(events[-1].at - events[0].at))
    expect(page.locator(".final")).to_have_text("72")
    expect(page.locator(".edge")).to_have_count(6)
    third = [event for event in events if isinstance(event, CritiqueJudged)][2]
    moment.fill(str(third.at - events[0].at + 0.01))
    expect(page.locator(".edge")).to_have_count(3)
    expect(page.locator(".critique")).to_have_count(3)
    expect(page.locator(".final")).to_have_count(0)
    moment.fill("0.01")
    expect(page.locator(".edge")).to_have_count(0)
    expect(page.get_by_role("table", name="Suitability of the experts")).to_have_count(0)


def test_plots_fit_a_phone(stage: ScriptedStage, events: list[Event], new_page: Callable[..., Page]) -> None:
    assert events
    phone = new_page(width=390)
    phone.goto(f"{stage.address}/traces?run={RUN}")
    expect(phone.locator(".final")).to_be_visible()
    for plot in (".suitability-plot", ".critique-graph", ".timeline-box"):
        phone.locator(plot).scroll_into_view_if_needed()
        box = phone.locator(plot).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
