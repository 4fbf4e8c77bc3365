"""A replay, in the browser: the view of a run at any moment of it, at the reader's pace."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from disputed_run import Disputation
from stage import ScriptedStage

CALLS = 1 + 3 + 6 + 3 + 1
"""Of keywords, reasoning, critiques, refining and the aggregator; each thinks for 3 s without a word, then is done."""


@pytest.fixture
def recorded(stage: ScriptedStage) -> str:
    """The id of a recorded run whose events have known times."""
    for event in Disputation().events("recorded"):
        stage.recorder.record(event)
    stage.recorder.flush()
    return "recorded"


@pytest.fixture
def seconds(stage: ScriptedStage, recorded: str) -> float:
    """How long that run took."""
    events = stage.traces.events(recorded)
    return events[-1]["at"] - events[0]["at"]


def moment(page: Page) -> Locator:
    return page.get_by_role("slider", name="Moment of the replay")


def paused(page: Page, stage: ScriptedStage, run: str) -> Page:
    """The page with the run's replay, paused at its beginning."""
    page.goto(f"{stage.address}/traces?run={run}&replay=1")
    page.get_by_role("button", name="Pause").click()
    moment(page).fill("0")
    expect(page.get_by_text(re.compile(r"^0:00 / "))).to_be_visible()
    return page


def panel(page: Page, expert: str) -> Locator:
    return page.locator(f'[data-call="reason/{expert}/0"]')


def test_it_ends_with_the_view_that_the_record_shows(stage: ScriptedStage, page: Page) -> None:
    run = stage.done()
    page.goto(f"{stage.address}/traces?run={run}")
    conclusion = page.locator(".conclusion")
    expect(conclusion).to_be_visible()
    told = conclusion.inner_text()
    page.get_by_role("link", name="Replay", exact=True).click()
    expect(page).to_have_url(re.compile(r"replay=1"))
    expect(moment(page)).not_to_have_attribute("max", "0")
    moment(page).press("End")
    expect(conclusion).to_be_visible()
    assert conclusion.inner_text() == told
    for call, text in stage.texts(run).items():
        if call.startswith("reason/"):
            assert page.locator(f'[data-call="{call}"] .streamed').text_content() == text
    page.get_by_role("button", name="Leave replay").click()
    expect(page).not_to_have_url(re.compile(r"replay"))
    expect(page.get_by_role("group", name="Replay")).to_be_hidden()
    expect(conclusion).to_be_visible()


def test_any_moment_can_be_gone_to_and_shows_no_more_than_was_known_then(
    stage: ScriptedStage, page: Page, recorded: str
) -> None:
    paused(page, stage, recorded)
    page.get_by_role("button", name="Skip waiting").click()
    expect(panel(page, "small")).to_be_hidden()
    # Recruiting lasts 4.3 s from the first event: 0.1 each for the step, the queued call, skills and experts, and
    # 0.5 + 3.0 for the call, and 0.1 for the next step. Small is queued 0.1 later, loads from 0.1 after that on …
    moment(page).fill("4.6")
    expect(panel(page, "small")).to_have_attribute("data-phase", "loading")
    expect(panel(page, "middle")).to_have_count(0)
    moment(page).fill("6")  # … thinks from 0.5 after that on, for 3 s
    expect(panel(page, "small")).to_have_attribute("data-phase", "thinking")
    moment(page).fill("9")
    expect(panel(page, "small")).to_have_attribute("data-phase", "done")
    expect(page.locator('[data-step="critique"].step, .critique')).to_have_count(0)
    moment(page).press("End")
    expect(page.locator(".final")).to_have_text("72")
    expect(page.locator(".critique")).to_have_count(6)
    moment(page).fill("6")
    expect(page.locator(".conclusion")).to_be_hidden()
    expect(page.locator(".critique")).to_have_count(0)
    expect(panel(page, "small")).to_have_attribute("data-phase", "thinking")
    expect(panel(page, "small").locator(".streamed")).to_have_text("")


def test_long_waits_are_made_short_unless_the_reader_wants_them(
    stage: ScriptedStage, page: Page, recorded: str, seconds: float
) -> None:
    paused(page, stage, recorded)
    whole, short = int(seconds), int(seconds - CALLS * (3.0 - 0.5))
    expect(page.get_by_text(f"0:00 / 0:{short:02}")).to_be_visible()
    page.get_by_role("button", name="Skip waiting").click()
    expect(page.get_by_text(f"0:00 / {whole // 60}:{whole % 60:02}")).to_be_visible()


def test_keys_play_pause_and_move(stage: ScriptedStage, page: Page, recorded: str) -> None:
    paused(page, stage, recorded)
    body = page.locator("body")
    body.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"^0:05 / "))).to_be_visible()
    body.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"^0:10 / "))).to_be_visible()
    body.press("ArrowLeft")
    body.press("ArrowLeft")
    body.press("ArrowLeft")
    expect(page.get_by_text(re.compile(r"^0:00 / "))).to_be_visible()
    body.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    body.press(" ")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    moment(page).press("End")
    body.press(" ")  # at its end, playing begins anew
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".conclusion")).to_be_hidden()


@pytest.mark.parametrize("speed", [1, 4, 16])
def test_it_plays_at_the_speed_that_is_chosen(
    stage: ScriptedStage, page: Page, recorded: str, speed: int
) -> None:
    page.clock.install()
    paused(page, stage, recorded)
    page.get_by_role("button", name="Skip waiting").click()
    page.get_by_label("Speed").select_option(str(speed))
    page.clock.pause_at(page.evaluate("Date.now()") + 60_000)
    page.get_by_role("button", name="Play", exact=True).click()
    page.clock.run_for(2000)
    at = float(moment(page).input_value())
    assert 1.5 * speed < at < 2 * speed + 1e-6  # frames add up with rounding


def test_following_shows_each_step_until_the_reader_looks_elsewhere(
    stage: ScriptedStage, page: Page, recorded: str
) -> None:
    paused(page, stage, recorded)
    follow = page.get_by_role("button", name="Follow")
    expect(follow).to_have_attribute("aria-pressed", "true")
    moment(page).press("End")
    expect(page.locator(".conclusion")).to_be_in_viewport()
    page.locator(".run-display").hover()
    page.mouse.wheel(0, -300)
    expect(follow).to_have_attribute("aria-pressed", "false")


def test_a_run_that_goes_on_is_followed_instead(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold("qwen2.5-coder-1.5b")
    run = stage.ask()
    page.goto(f"{stage.address}/?run={run}&replay=1")
    expect(page).not_to_have_url(re.compile(r"replay"))
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    gate.open()
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")


def test_a_run_that_is_not_there_is_told(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/traces?run=20200101-000000-abcdef&replay=1")
    expect(page.get_by_role("alert").filter(has_text="There is no such run")).to_be_visible()
