"""The whole way with a real model: SmolLM2 twice over, as two experts, in Chromium."""

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
