"""The whole way with a real model: SmolLM2 twice over, as two experts, in Chromium."""

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ask_form import choose, unfold
from engine.pool import Pool, read_pool
from engine.runtimes.local import LocalRuntime
from engine.weights import pull
from engine.weights.progress import silent
from stage import Stage, run_in

MINUTES = 60_000  # milliseconds
STREAMED = '[data-call="reason/{}/0"] .streamed'


def twins() -> Pool:
    """A pool of two experts that are both SmolLM2 and answer in few words."""
    pocket = read_pool("pocket")
    model = pocket.expert("smollm2-135m")
    experts = tuple(
        model.model_copy(update={"name": name, "title": name.title(), "max_tokens": 48})
        for name in ("thomas", "albert")
    )
    changed = {"name": "twins", "experts": experts, "keyword_expert": "thomas", "aggregator": "albert"}
    return pocket.model_copy(update=changed)


@pytest.fixture
def twin_stage(tmp_path: Path) -> Iterator[Stage]:
    pool = twins()
    pull(pool, "openvino", silent)
    with Stage(tmp_path, pool, LocalRuntime("openvino"), profile=None) as running:
        yield running


def test_a_real_model_reasons_critiques_and_refines_in_the_browser(twin_stage: Stage, page: Page) -> None:
    page.goto(twin_stage.address)
    expect(page.get_by_role("list", name="Experts of the pool")).to_contain_text("Thomas")
    page.get_by_role("textbox", name="Question").fill("Tom has 3 bags of 4 apples. How many apples has he?")
    unfold(page, "More settings")
    # What a model says, and so whether the two agree, differs from processor to processor.
    choose(page, "Critique", "always")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"\?run="))
    run = run_in(page.url)

    expect(page.locator(STREAMED.format("thomas"))).not_to_be_empty(timeout=3 * MINUTES)
    begun = page.locator(STREAMED.format("thomas")).text_content()
    page.reload()
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done", timeout=5 * MINUTES)
    page.get_by_role("button", name="Unfold all").click()
    texts = twin_stage.texts(run)
    assert begun
    assert texts["reason/thomas/0"].startswith(begun)
    for call, text in texts.items():
        if call.split("/")[0] not in ("keywords", "rerank"):
            assert text
            assert page.locator(f'[data-call="{call}"] .streamed').text_content() == text
    made = {call.split("/")[0] for call in texts}
    assert made - {"rerank"} == {"keywords", "reason", "critique", "refine", "answer"}
    expect(page.locator(".conclusion")).to_contain_text("token")


def asked(page: Page) -> str:
    """Ask what is in the form and wait until it is answered; the run's id."""
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"\?run="))
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done", timeout=5 * MINUTES)
    return run_in(page.url)


def test_a_real_model_solves_and_scores_itself_in_the_browser(twin_stage: Stage, page: Page) -> None:
    page.goto(twin_stage.address)
    page.get_by_role("textbox", name="Question").fill("Tom has 3 bags of 4 apples. How many apples has he?")
    choose(page, "Protocol", "MAgICoRe")
    page.get_by_label("Solutions (k)").fill("2")
    run = asked(page)
    expect(page.locator(".difficulty .level").first).to_have_text(re.compile("Easy|Hard"))
    expect(page.locator(".solution").first).to_be_visible()
    made = {call.name.split("/")[0] for call in twin_stage.traces.calls(run)}
    assert {"reason", "reward"} <= made
    rewarded = twin_stage.traces.told(run, "solution_rewarded")
    assert len(rewarded) >= 2
    for one in rewarded:
        scores = [step["score"] for step in one["steps"]]
        assert all(0 < score < 1 for score in (one["outcome"], *scores))
        assert one["reward"] == pytest.approx(one["outcome"] + math.prod(scores))


def test_a_real_model_checks_a_text_in_the_browser(twin_stage: Stage, page: Page) -> None:
    page.goto(twin_stage.address)
    choose(page, "Protocol", "MAMM-Refine")
    unfold(page, "Document")
    page.get_by_label("A text to answer from").fill("The mill was built in 1790. It has two wheels.")
    page.get_by_label("A text about it to check").fill("The mill was built in 1790. It has five wheels.")
    run = asked(page)
    decided = twin_stage.traces.told(run, "faithfulness_decided")
    assert sorted(one["sentence"] for one in decided) == [0, 1]
    votes = twin_stage.traces.told(run, "faithfulness_voted")
    assert any(one["faithful"] is not None for one in votes)
    (rewritten,) = twin_stage.traces.told(run, "text_rewritten")
    marked = [one["sentence"] for one in decided if not one["faithful"]]
    for number, sentence in enumerate(["The mill was built in 1790.", "It has five wheels."]):
        assert number in marked or sentence in rewritten["text"]
    expect(page.locator(".marked-text, .marked-sentence").first).to_be_visible()
