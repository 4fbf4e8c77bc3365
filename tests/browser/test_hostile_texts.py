"""Text that would like to be code, as question, choice, document, skill, critique and answer: it stays text."""

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from engine.pool import Expert
from engine.protocols import PROTOCOLS
from engine.question import Question
from engine.runtimes.base import Message, Sampling
from engine.skills import KEYWORD_MAX_TOKENS
from stage import CRITIQUE_TOKENS, ScriptedStage

HOSTILE = (
    "<script>window.hit = 1; alert(1)</script>",
    '<img src=x onerror="window.hit = 2"><img src="http://elsewhere.example/pixel.png">',
    '<svg onload="window.hit = 3"></svg><iframe src="javascript:parent.hit = 4"></iframe>',
    "${window.hit = 5} `${alert(6)}` {{value}} {{constructor.constructor('hit=7')()}} {{{raw}}}",
    r"\underline{x} \u0041 \x \\ \boxed{1} $$\href{javascript:hit=8}{x}$$",
    "[a link](javascript:window.hit=9) ![pixel](http://elsewhere.example/p.png) <a href='javascript:hit=10'>x</a>",
    "\u202ereversed\u202c </textarea></div></template>--><!-- <style>*{display:none}</style>",
    "</script><base href='http://elsewhere.example/'><meta http-equiv=refresh content='0;url=http://elsewhere.example/'>",
)
ALL = "\n".join(HOSTILE)


def speaks_hostile(_expert: Expert, _messages: Sequence[Message], sampling: Sampling) -> str:
    """Every model text is hostile; short ones are repeated as keywords, so that they are kept."""
    if sampling.max_tokens == KEYWORD_MAX_TOKENS:
        return "Keywords: <b onclick=hit=1>, ${hit=2}, {{hit}}"
    if sampling.max_tokens == CRITIQUE_TOKENS:
        return ALL
    return f"{ALL}\nThe answer is \\boxed{{<img src=x onerror=hit=11>}}"


def harmless(page: Page) -> None:
    """Nothing ran, and nothing hostile became an element."""
    assert page.evaluate("window.hit") is None
    found = page.locator(
        ":is(.run-view, .traces-list) :is(script, img, svg, iframe, style, base, meta, b[onclick])"
    )
    assert found.count() == 0
    assert page.locator("[onerror], [onload], [href^='javascript:']").count() == 0


def test_hostile_texts_stay_texts(stage: ScriptedStage, page: Page) -> None:
    stage.runtime.script = speaks_hostile
    question = Question.posed(ALL, choices=HOSTILE, document=ALL, gold="A")
    run = stage.engine.ask(question, PROTOCOLS["disputation"], seed=1)
    stage.engine.wait(run)
    stage.recorder.flush()
    for path in (f"/?run={run}", f"/traces?run={run}"):
        page.goto(stage.address + path)
        expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
        expect(page.locator(".conclusion")).to_be_visible()
        assert page.locator(".question-text").text_content() == question.text
        for call, text in stage.texts(run).items():
            if not call.startswith("keywords/"):
                assert page.locator(f'[data-call="{call}"] .streamed').text_content() == text
        assert page.locator(".question .choices li").count() == len(HOSTILE)
        expect(page.locator(".skill-chip").filter(has_text="${hit=2}")).to_be_visible()
        harmless(page)
    page.goto(stage.address + f"/?run={run}")
    expect(page.get_by_role("textbox", name="Question")).to_have_value(question.text)
    page.goto(f"{stage.address}/traces?text=elsewhere")
    expect(page.locator("mark").first).to_have_text("elsewhere")
    harmless(page)


def test_a_hostile_question_can_be_typed_and_asked(stage: ScriptedStage, page: Page) -> None:
    stage.runtime.script = speaks_hostile
    page.goto(stage.address)
    expect(page.get_by_role("list", name="Experts of the pool")).to_be_visible()
    page.get_by_role("textbox", name="Question").fill(ALL)
    page.get_by_label("Seed").fill(HOSTILE[1])
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("window.hit = 2")
    page.get_by_label("Seed").fill("7")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    expect(page.locator(".streamed").first).to_contain_text("<script>")
    harmless(page)


def test_a_megabyte_of_one_word_stands(stage: ScriptedStage, page: Page) -> None:
    word = "a" * 1_000_000
    stage.runtime.script = lambda _expert, _messages, sampling: (
        word if sampling.max_tokens != KEYWORD_MAX_TOKENS else "Keywords: long, words"
    )
    run = stage.done("How long?")
    page.goto(f"{stage.address}/traces?run={run}")
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    shown = page.locator('[data-call^="reason/"] .streamed').first
    assert shown.evaluate("element => element.textContent.length") == len(word)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
