"""Critique quality: shown on Experts, and by which critics are drawn where a person says so on Ask."""

import re

from playwright.sync_api import Page, expect

from annotated_runs import criticised
from ask_form import choose, unfold
from engine import events
from stage import LARGE, QUESTION, SMALL, ScriptedStage, run_in
from storage.annotations.records import Judgement
from test_ask_form import opened
from test_experts_page import card


def judged(stage: ScriptedStage) -> str:
    """A disputation of which ada has judged both critiques of the large expert, and one of the small one's."""
    run = stage.done()
    by = {
        expert: [
            call.name
            for call in stage.traces.calls(run)
            if call.step == "critique" and call.expert == expert and call.name.startswith("critique/")
        ]
        for expert in (LARGE, SMALL)
    }
    for call, verdict in zip(by[LARGE], ("helpful", "harmless"), strict=True):
        stage.record.annotations.annotate(run, call, "ada", Judgement(verdict))
    stage.record.annotations.annotate(run, by[SMALL][0], "ada", Judgement("harmful"))
    return run


def test_cards_tell_how_good_critiques_were_found(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts")
    expect(card(page, LARGE)).to_be_visible()
    expect(page.get_by_text("critiques:")).to_have_count(3)
    expect(page.get_by_text("critiques:").locator("visible=true")).to_have_count(0)
    judged(stage)
    # (1 + 0.5) / 2 of the large one, 0 / 1 of the small one; of the middle one nothing is judged.
    expect(card(page, LARGE)).to_contain_text(
        "critiques: 0.75 helpful over 2 judged · 1 helpful · 1 harmless · 0 harmful"
    )
    expect(card(page, SMALL)).to_contain_text("critiques: 0.00 helpful over 1 judged")
    expect(page.get_by_text("critiques:").locator("visible=true")).to_have_count(2)
    card(page, LARGE).get_by_role("link", name="0.75 helpful over 2 judged").click()
    expect(page).to_have_url(re.compile("/annotate"))


def test_critics_are_drawn_by_quality_where_a_person_says_so(stage: ScriptedStage, page: Page) -> None:
    judged(stage)
    opened(page, stage)
    unfold(page, "More settings")
    choose(page, "Critics", "by quality")
    page.get_by_label("Critics per answer").fill("1")
    page.get_by_role("textbox", name="Question").fill(QUESTION)
    page.locator("#ask").click()
    expect(page).to_have_url(re.compile("run="))
    run = run_in(page.url)
    # The large one: (0.75 * 2 + 1) / (2 + 2) = 0.625; the middle one 1/2; the small one (0 + 1) / (1 + 2) = 0.33.
    drawn = page.get_by_text(re.compile("Critics drawn by the quality of their critiques"))
    expect(drawn).to_have_text(re.compile(r"1\.5B 0\.6\d · .*0\.5B 0\.50 · .*135M 0\.33"))
    stage.engine.wait(run)
    stage.recorder.flush()
    started = stage.traces.run(run)
    assert started
    assert (started.settings["critics"], started.settings["critics_each"]) == ("by quality", 1)
    told = [event for event in stage.traces.events(run) if event["kind"] == events.CriticsChosen.kind]
    assert len(told) == 3
    critiques = [call for call in stage.traces.calls(run) if call.name.startswith("critique/1/")]
    assert len(critiques) == 3
    assert {call.expert for call in critiques} == {event["critics"][0] for event in told}


def test_a_record_of_other_experts_leaves_cards_as_they_are(stage: ScriptedStage, page: Page) -> None:
    criticised(stage)
    stage.record.annotations.annotate("criticised", "critique/oracle/0", "ada", Judgement("helpful"))
    page.goto(f"{stage.address}/experts")
    expect(card(page, LARGE)).to_contain_text("6 of 6")
    expect(page.get_by_text("critiques:").locator("visible=true")).to_have_count(0)
