"""A text that is checked against its document, as a person reads it: marks, votes, critiques, the rewrite."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from ask_form import unfold
from engine.pool import Expert
from engine.protocols import find_protocol
from engine.runtimes.base import Message, Sampling
from faithful_run import CHECKED, DOCUMENT, MENDED, SENTENCES, TEXT, checkers, judged, task, vote
from scripted import Script
from stage import LARGE, SMALL, ScriptedStage
from test_accessibility import violations


def check(stage: ScriptedStage, page: Page, script: Script = checkers, *, ended: bool = True) -> None:
    """Have the text checked, and open the run."""
    stage.runtime.script = script
    run = stage.engine.ask(CHECKED, find_protocol("mamm-refine"), {"k": 3}, seed=1)
    if ended:
        stage.engine.wait(run)
    stage.recorder.flush()
    page.goto(f"{stage.address}/?run={run}")


def late(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
    """The smallest expert finds the wrong sentence right, until it has heard the others."""
    alone = "Several agents" not in messages[-1].content
    if task(messages) == "detect" and expert.name == SMALL and alone and judged(messages) == SENTENCES[1]:
        return vote("yes", "A height is given.")
    return checkers(expert, messages, sampling)


def test_a_marked_sentence_tells_who_said_what_of_it_in_which_round(stage: ScriptedStage, page: Page) -> None:
    check(stage, page, late)
    text = page.get_by_role("group", name="The text, sentence by sentence")
    expect(text).to_have_text(TEXT)
    marked = text.locator('[data-standing="unfaithful"]')
    expect(marked).to_have_text(SENTENCES[1])
    expect(page.locator('[data-step="detect"] .step-head')).to_contain_text("3 sentences · 1 marked")

    text.get_by_role("button", name=SENTENCES[2]).focus()
    votes = page.get_by_role("group", name="Votes", exact=True)
    expect(votes).to_contain_text("Follows from the document: all agree in the first round")
    expect(votes.get_by_role("listitem")).to_have_count(3)
    page.keyboard.press("Shift+Tab")
    expect(marked).to_be_focused()
    expect(marked).to_have_attribute("aria-pressed", "true")
    expect(votes).to_contain_text("Does not follow from the document: all agree after 2 rounds")
    expect(votes.get_by_role("listitem")).to_have_count(6)
    doubting = votes.get_by_role("listitem").filter(has_text="A height is given.")
    expect(doubting).to_contain_text(re.compile("round 1.*SmolLM2.*✓ follows"))


def test_the_error_is_highlighted_and_the_rewrite_shows_what_changed(
    stage: ScriptedStage, page: Page
) -> None:
    check(stage, page)
    error = page.locator(".found-error")
    expect(error).to_have_count(1)
    expect(error.locator("mark")).to_have_text("51 metres")
    expect(error.get_by_text(f"Suggested: {MENDED}")).to_be_visible()
    expect(error.locator(".panel")).to_have_count(2)
    expect(error.locator('.panel[data-chosen="true"]')).to_contain_text("✓ chosen")
    error.get_by_text("Candidate 1 chosen by all, at once").click()
    expect(error.get_by_role("listitem").first).to_contain_text("likes the first")

    changes = page.get_by_role("group", name="The text with its changes against the first one")
    expect(changes.locator("del")).to_have_text("51")
    expect(changes.locator("ins")).to_have_text("38")
    page.get_by_role("button", name="Show the text").click()
    expect(page.locator("p.rewritten")).to_have_text(TEXT.replace(SENTENCES[1], MENDED))
    rewrites = page.get_by_role("group", name="Rewrites")
    expect(rewrites.locator(".rewritten-sentences").first).to_have_text(f"sentence 2 {MENDED}")
    assert violations(page) == []


def test_sentences_turn_from_being_judged_to_judged_as_votes_come(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold(SMALL)
    check(stage, page, ended=False)
    sentence = page.get_by_role("button", name=SENTENCES[0])
    expect(sentence).to_have_attribute("data-standing", "judging")
    expect(page.locator(".outcome")).to_have_text("Being judged: 2 votes so far")
    expect(page.locator(".sentence")).to_contain_text("Judging the sentences")
    gate.open()
    expect(sentence).to_have_attribute("data-standing", "faithful")
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")


def test_a_faithful_text_is_said_to_stay_as_it_is(stage: ScriptedStage, page: Page) -> None:
    def content(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        return vote("yes") if task(messages) == "detect" else checkers(expert, messages, sampling)

    check(stage, page, content)
    expect(page.get_by_text("so the text stays as it is")).to_be_visible()
    expect(page.locator(".steps button", has_text="refine")).to_have_attribute("data-state", "skipped")


def test_a_vote_that_nobody_can_read_is_told_as_none(stage: ScriptedStage, page: Page) -> None:
    def rambling(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        unreadable = task(messages) == "detect" and expert.name == LARGE
        return "Well …" if unreadable else checkers(expert, messages, sampling)

    check(stage, page, rambling)
    votes = page.get_by_role("group", name="Votes", exact=True)
    expect(votes.locator('[data-kind="none"]')).to_have_text("no vote that could be read")


def test_a_text_to_check_is_given_beside_its_document(stage: ScriptedStage, page: Page) -> None:
    stage.runtime.script = checkers
    page.goto(stage.address)
    unfold(page, "Document")
    page.get_by_label("A text to answer from").fill(DOCUMENT)
    page.get_by_label("A text about it to check").fill(TEXT)
    page.get_by_label("Protocol").click()
    page.get_by_role("option", name="MAMM-Refine").click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator('[data-standing="unfaithful"]').first).to_have_text(SENTENCES[1])
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    page.get_by_role("link", name="Ask again").click()
    expect(page.get_by_label("A text about it to check")).to_have_value(TEXT)
    expect(page.locator("#question textarea")).to_have_value("")
