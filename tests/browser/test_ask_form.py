"""The form of Ask, in the browser: what it takes, what it says is wrong, and how it keeps out of the way."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from ask_form import choose, fold, unfold
from engine.pool import SHIPPED_POOLS
from engine.protocols import PROTOCOLS
from engine.protocols.protocol import Protocol
from engine.question import Question
from stage import LARGE, MIDDLE, QUESTION, SMALL, ScriptedStage, run_in
from ui.examples import examples

DOCUMENT = "A cart holds crates.\nA crate holds jars."


def question(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Question")


def ask(page: Page) -> Locator:
    return page.get_by_role("button", name="Ask", exact=True)


def opened(page: Page, stage: ScriptedStage, path: str = "/") -> None:
    """Open the page and wait until its form has the pools."""
    page.goto(stage.address + path)
    expect(page.get_by_role("combobox", name="Pool")).not_to_have_value("")


def answered(page: Page) -> str:
    """Press Ask and wait for the end; the run's id."""
    ask(page).click()
    page.wait_for_url(re.compile(r"\?run="))
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    return run_in(page.url)


def add_pool(stage: ScriptedStage, name: str) -> None:
    """A person's own pool: the shipped one under another name."""
    path = stage.folder / "pools" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text((SHIPPED_POOLS / "pocket.toml").read_text().replace('"pocket"', f'"{name}"', 1))


def test_a_question_that_cannot_be_asked_is_a_sentence_at_the_form(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    page.get_by_label("Seed").fill("seven")
    question(page).fill(QUESTION)
    ask(page).click()
    expect(page.get_by_role("alert")).to_contain_text("The seed 'seven' is not a whole number")
    expect(question(page)).to_have_value(QUESTION)
    page.get_by_label("Seed").fill(str(2**63))
    ask(page).click()
    expect(page.get_by_role("alert")).to_contain_text(f"The seed '{2**63}' is not a whole number of 64 bits")
    assert stage.traces.page().runs == ()


def test_weights_that_are_missing_are_a_sentence_that_says_where_to_fetch_them(
    stage: ScriptedStage, page: Page
) -> None:
    stage.runtime.lacking = {SMALL, MIDDLE, LARGE}
    opened(page, stage)
    question(page).fill(QUESTION)
    ask(page).click()
    expect(page.get_by_role("alert")).to_contain_text("fetch them on the page Experts")
    expect(question(page)).to_have_value(QUESTION)
    stage.runtime.lacking = set()
    answered(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_example_fills_in_the_form_and_opens_what_it_needs(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    page.get_by_role("button", name="enzyme").click()
    expect(question(page)).to_have_value(re.compile("^An enzyme's rate"))
    expect(fold(page, "Choices")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_label("One choice a line")).to_have_value(re.compile("The maximum rate only\n"))
    expect(fold(page, "Document")).to_have_attribute("aria-expanded", "false")
    page.get_by_role("button", name="the lease").click()
    expect(page.get_by_label("A text to answer from")).to_have_value(re.compile("^Clause 7"))
    expect(fold(page, "Choices")).to_have_attribute("aria-expanded", "false")
    recorded = stage.traces.run(answered(page))
    assert recorded is not None
    assert (recorded.choices, recorded.gold) == ((), "4")
    assert recorded.document.startswith("Clause 7")


def test_an_example_brings_the_protocol_that_it_takes(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    page.get_by_role("button", name="the well").click()
    expect(page.get_by_role("combobox", name="Protocol")).to_have_value("MAMM-Refine")
    expect(page.get_by_label("A text about it to check")).to_have_value(re.compile("^The well of Harrow End"))
    expect(page.get_by_text(PROTOCOLS["mamm-refine"].description)).to_be_visible()


def test_settings_follow_the_protocol(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    question(page).fill(QUESTION)
    unfold(page, "More settings")
    expect(page.get_by_label("Tokens per critique")).to_have_value("192")
    expect(page.get_by_text(PROTOCOLS["disputation"].description)).to_be_visible()
    choose(page, "Protocol", "Symbolic-MoE")
    expect(page.get_by_text(PROTOCOLS["symbolic-moe"].description)).to_be_visible()
    expect(page.get_by_text(PROTOCOLS["disputation"].description)).to_have_count(0)
    expect(page.get_by_label("Tokens per critique")).to_be_hidden()
    page.get_by_label("Experts (k)").fill("2")
    recorded = stage.traces.run(answered(page))
    assert recorded is not None
    settings = {"k": 2, "variant": "paper", "aggregator": "task"}
    assert (recorded.protocol, recorded.settings) == ("symbolic-moe", settings)


@pytest.mark.parametrize("protocol", [known for known in PROTOCOLS.values() if known.name != "mamm-refine"])
def test_settings_that_were_only_looked_at_are_the_defaults(
    stage: ScriptedStage, page: Page, protocol: Protocol
) -> None:
    opened(page, stage)
    choose(page, "Protocol", protocol.title)
    expect(page.get_by_text(protocol.description)).to_be_visible()
    if len(protocol.settings.model_fields) > 1:
        unfold(page, "More settings")
    question(page).fill(QUESTION)
    ask(page).click()
    page.wait_for_url(re.compile(r"\?run="))
    recorded = stage.traces.run(run_in(page.url))
    assert recorded is not None
    assert recorded.settings == protocol.settings().model_dump()


def test_k_is_named_and_preset_as_the_protocol_has_it(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    expect(page.get_by_label("Experts (k)")).to_have_value("3")
    choose(page, "Protocol", "MAgICoRe")
    expect(page.get_by_label("Solutions (k)")).to_have_value("8")
    choose(page, "Protocol", "Self-consistency")
    expect(page.get_by_label("Samples (k)")).to_have_value("5")


def test_another_pool_answers_without_being_put_to_use(stage: ScriptedStage, page: Page) -> None:
    add_pool(stage, "mine")
    opened(page, stage)
    expect(page.get_by_role("combobox", name="Pool")).to_have_value("pocket")
    question(page).fill(QUESTION)
    choose(page, "Pool", "mine")
    recorded = stage.traces.run(answered(page))
    assert recorded is not None
    assert recorded.pool == "mine"
    assert stage.engine.roster.pool.name == "pocket"


def test_the_form_gives_way_to_the_run_and_comes_back_empty(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    page.get_by_role("button", name="enzyme").click()
    expect(question(page)).not_to_have_value("")
    answered(page)
    expect(question(page)).to_be_hidden()
    page.reload()
    another = page.get_by_role("button", name="Ask another question")
    another.click()
    expect(another).to_be_hidden()
    expect(question(page)).to_be_focused()
    expect(question(page)).to_have_value("")
    expect(fold(page, "Choices")).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".question-text")).to_contain_text("An enzyme's rate")
    first = page.url
    question(page).fill(QUESTION)
    ask(page).click()
    page.wait_for_url(lambda url: url != first)
    expect(question(page)).to_be_hidden()
    page.go_back()
    expect(page.locator(".question-text")).to_contain_text("An enzyme's rate")


def test_keys_go_to_the_question_and_ask(stage: ScriptedStage, page: Page) -> None:
    run = stage.done()
    page.goto(f"{stage.address}/?run={run}")
    expect(page.locator(".final")).to_have_text("72")
    page.keyboard.press("/")
    expect(question(page)).to_be_focused()
    page.keyboard.type("What is 8 / 4?")
    expect(question(page)).to_have_value("What is 8 / 4?")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "run=" in url and run not in url)
    recorded = stage.traces.run(run_in(page.url))
    assert recorded is not None
    assert recorded.question == "What is 8 / 4?"


def test_a_run_is_asked_again_with_all_that_was_asked(stage: ScriptedStage, page: Page) -> None:
    add_pool(stage, "mine")
    asked = Question.posed("How many jars are there?", ("70", "72"), DOCUMENT, "B")
    settings = {"k": 2, "critique_tokens": 64, "rerank": False}
    roster = stage.catalogue.roster("mine")
    before = stage.engine.ask(asked, PROTOCOLS["disputation"], settings, seed=77, roster=roster)
    stage.engine.wait(before)
    stage.recorder.flush()

    opened(page, stage, f"/?again={before}")
    expect(question(page)).to_have_value(asked.text)
    expect(page.get_by_label("Experts (k)")).to_have_value("2")
    expect(page.get_by_label("Seed")).to_have_value("77")
    expect(page.get_by_role("combobox", name="Pool")).to_have_value("mine")
    expect(page.get_by_label("Where you know it")).to_have_value("B")
    unfold(page, "More settings")
    expect(page.get_by_role("checkbox", name="Rerank")).not_to_be_checked()
    after = answered(page)
    assert after != before
    assert "again" not in page.url
    first, second = stage.traces.run(before), stage.traces.run(after)
    assert first is not None
    assert second is not None
    for name in ("question", "choices", "document", "gold", "protocol", "settings", "pool", "seed"):
        assert getattr(second, name) == getattr(first, name)


def test_looking_at_the_protocols_leaves_k_as_it_is(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    page.get_by_label("Experts (k)").fill("2")
    page.get_by_role("combobox", name="Protocol").focus()
    page.keyboard.press("Escape")
    question(page).fill(QUESTION)
    recorded = stage.traces.run(answered(page))
    assert recorded is not None
    assert (recorded.protocol, recorded.settings["k"]) == ("disputation", 2)


def test_an_example_brings_its_protocol_with_its_k_and_the_next_one_takes_it_away(
    stage: ScriptedStage, page: Page
) -> None:
    opened(page, stage)
    choose(page, "Protocol", "MAgICoRe")
    expect(page.get_by_label("Solutions (k)")).to_have_value("8")
    page.get_by_role("button", name="the well").click()
    expect(page.get_by_role("combobox", name="Protocol")).to_have_value("MAMM-Refine")
    expect(page.get_by_label("Experts (k)")).to_have_value("3")
    page.get_by_role("button", name="trains").click()
    expect(page.get_by_role("combobox", name="Protocol")).to_have_value("Disputation")


def test_a_protocol_that_needs_a_document_says_so_before_it_begins(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage)
    choose(page, "Protocol", "MAMM-Refine")
    question(page).fill(QUESTION)
    ask(page).click()
    expect(page.get_by_role("alert")).to_contain_text("give a document")
    expect(question(page)).to_have_value(QUESTION)
    assert stage.traces.page().runs == ()


@pytest.mark.parametrize(("changed", "kind"), [("", "math"), (" Please.", "open")])
def test_a_question_that_is_asked_again_is_what_its_file_says_it_is(
    stage: ScriptedStage, page: Page, changed: str, kind: str
) -> None:
    text = "Find the sum of the first three primes."
    of_file = replace(Question.posed(text, kind="math"), id="q7", source="primes.jsonl", category="sums")
    run = stage.engine.ask(of_file, PROTOCOLS["self-consistency"], {"k": 1})
    stage.engine.wait(run)
    stage.recorder.flush()
    opened(page, stage, f"/?again={run}")
    expect(question(page)).to_have_value(text)
    question(page).fill(text + changed)
    recorded = stage.traces.run(answered(page))
    assert recorded is not None
    told = recorded.kind, recorded.question_id, recorded.source, recorded.category
    assert told == ((kind, "q7", "primes.jsonl", "sums") if not changed else (kind, None, None, None))


def test_a_number_stays_the_right_answer_of_a_calculation_with_choices(
    stage: ScriptedStage, page: Page
) -> None:
    asked = Question.posed("What is 1 + 1?", ("1", "2"), gold="2", kind="math")
    run = stage.engine.ask(asked, PROTOCOLS["self-consistency"], {"k": 1})
    stage.engine.wait(run)
    stage.recorder.flush()
    opened(page, stage, f"/?again={run}")
    expect(question(page)).to_have_value(asked.text)
    recorded = stage.traces.run(answered(page))
    assert recorded is not None
    assert (recorded.kind, recorded.gold) == ("math", "2")


def test_a_run_of_a_pool_that_is_gone_is_asked_again_of_the_one_in_use(
    stage: ScriptedStage, page: Page
) -> None:
    add_pool(stage, "mine")
    run = stage.engine.ask(
        Question.posed(QUESTION), PROTOCOLS["symbolic-moe"], {"k": 2}, roster=stage.catalogue.roster("mine")
    )
    stage.engine.wait(run)
    stage.recorder.flush()
    (stage.folder / "pools" / "mine.toml").unlink()
    opened(page, stage, f"/?again={run}")
    expect(question(page)).to_have_value(QUESTION)
    expect(page.get_by_role("combobox", name="Protocol")).to_have_value("Symbolic-MoE")
    expect(page.get_by_label("Tokens per critique")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Pool")).to_have_value("pocket")
    expect(page.get_by_role("alert")).to_have_text("Pool mine is not there any more: pocket would answer.")


def test_a_run_that_is_not_there_cannot_be_asked_again(stage: ScriptedStage, page: Page) -> None:
    opened(page, stage, "/?again=20200101-000000-abcdef")
    expect(page.get_by_role("alert")).to_contain_text("There is no run 20200101-000000-abcdef to ask again")
    expect(question(page)).to_have_value("")


@pytest.mark.parametrize(("width", "highest"), [(1280, 300), (390, 450)])
def test_the_form_is_low(
    stage: ScriptedStage, new_page: Callable[..., Page], width: int, highest: int
) -> None:
    page = new_page(width=width)
    opened(page, stage)
    box = page.get_by_role("group", name="Examples to try").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= highest


def test_examples_are_of_several_kinds_and_each_has_its_answer() -> None:
    assert len({example.skill for example in examples()}) == len(examples()) >= 6
    assert all(example.gold or example.draft for example in examples())
    assert any(example.choices for example in examples())
    assert any(example.document for example in examples())
