"""Experts, in the browser: cards, pools, profiles and weights."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from engine.pool import read_pool
from engine.profile import Profile, ProfiledQuestion
from engine.weights.pull_state import PullState
from stage import LARGE, MIDDLE, SMALL, ScriptedStage

TITLES = {expert.name: expert.title for expert in read_pool("pocket").experts}
HOSTILE = "<img src=x onerror=alert(1)> ${alert(2)} {{alert(3)}} \\underline"


def card(page: Page, expert: str) -> Locator:
    return page.locator(".pool-expert").filter(has=page.get_by_role("heading", name=TITLES[expert]))


def other_profile(stage: ScriptedStage) -> None:
    """A second profile of the pool: one question, from a file that means ill; only the middle one had it right."""
    question = ProfiledQuestion(
        id="ill",
        source=HOSTILE,
        kind="choice",
        question=f"What is {HOSTILE}?",
        choices=("harmless", HOSTILE),
        gold="B",
        skills=(HOSTILE, "reading"),
        right={SMALL: False, MIDDLE: True},
    )
    profile = Profile(pool="pocket", made=HOSTILE, made_how=HOSTILE, questions=(question,))
    (stage.folder / "profiles" / "other.json").write_text(profile.model_dump_json(), "utf-8")


def test_cards_tell_what_each_expert_is_and_how_it_stands(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts")
    expect(page).to_have_title("Experts · Disputatio")
    expect(page.get_by_role("navigation").get_by_role("link", name="Experts")).to_be_visible()
    expect(page.locator(".pool-expert")).to_have_count(3)
    large = card(page, LARGE)
    for shown in (
        "Qwen/Qwen2.5-Coder-1.5B-Instruct",
        "1.5B parameters",
        "8,192 tokens of context",
        "Apache-2.0",
        "on disk",
        "not loaded yet",
        "not measured yet",
        "6 of 6",
        f"600 MB in …/{LARGE}/{LARGE}.gguf",
    ):
        expect(large).to_contain_text(shown)
    expect(card(page, SMALL)).to_contain_text("2 of 6")
    large.locator("summary").click()
    expect(large.get_by_text(f"/weights/{LARGE}/{LARGE}.gguf")).to_be_visible()

    stage.done()
    expect(large.locator(".state")).to_have_text("loaded")
    expect(large).to_contain_text("loaded once")
    expect(large).not_to_contain_text("not measured yet")
    expect(large.locator(".figures")).to_contain_text(re.compile(r"[\d.,]+over \d+ tokens"))


def test_cards_follow_loading_and_failing(stage: ScriptedStage, page: Page) -> None:
    gate = stage.hold(LARGE, loading=True)
    stage.runtime.refuse[SMALL] = "The file of SmolLM2 135M is cut short: fetch it again."
    page.goto(f"{stage.address}/experts")
    run = stage.ask()
    expect(card(page, LARGE).locator(".state")).to_have_text("loading 0 %")
    expect(card(page, LARGE).get_by_role("progressbar")).to_be_visible()
    gate.open()
    stage.engine.wait(run)
    expect(card(page, LARGE).locator(".state")).to_have_text("loaded")
    expect(card(page, SMALL).locator(".state")).to_have_text("failed")
    expect(card(page, SMALL)).to_contain_text("is cut short: fetch it again")


def test_another_pool_is_looked_at_and_then_put_to_use(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts?skill=logic")
    expect(page.get_by_role("region", name="logic")).to_be_visible()
    expect(page.get_by_text("In use, run by scripted")).to_be_visible()
    page.get_by_role("combobox", name="Pool", exact=True).select_option("paper")
    expect(page.locator(".pool-expert")).to_have_count(16)
    expect(page.get_by_text("All experts count as equally suited.")).to_be_visible()
    expect(page.get_by_text("disputatio profile FILE --pool paper")).to_be_visible()
    expect(page.locator(".skill-map")).to_be_hidden()
    assert stage.engine.roster.pool.name == "pocket"

    page.get_by_role("button", name="Use this pool").click()
    expect(page.get_by_text("In use, run by scripted")).to_be_visible()
    expect(page.get_by_role("button", name="Use this pool")).to_be_hidden()
    assert stage.engine.roster.pool.name == "paper"
    page.goto(f"{stage.address}/experts")
    expect(page.locator(".pool-expert")).to_have_count(16)


def test_the_profile_can_be_switched_and_what_stands_in_it_stays_text(
    stage: ScriptedStage, page: Page
) -> None:
    other_profile(stage)
    page.goto(f"{stage.address}/experts")
    expect(card(page, LARGE)).to_contain_text("6 of 6")
    page.get_by_role("combobox", name="Profile", exact=True).select_option("own/other")
    expect(card(page, LARGE)).to_contain_text("not in this profile")
    expect(card(page, MIDDLE)).to_contain_text("1 of 1")
    roster = stage.engine.roster
    assert roster.profile
    assert [question.id for question in roster.profile.questions] == ["ill"]
    page.get_by_text("How it was made").click()
    expect(page.locator(".pool-choice details p")).to_have_text(HOSTILE)

    page.get_by_role("button", name=HOSTILE, exact=True).click()
    behind = page.get_by_role("region", name=HOSTILE)
    expect(behind.locator(".asked")).to_have_text(f"What is {HOSTILE}?")
    expect(behind.locator("[data-gold]")).to_have_text(f"B {HOSTILE}")
    expect(behind.get_by_role("list", name="Who had it right")).to_contain_text(f"{TITLES[LARGE]} no answer")
    expect(page.locator("img[src='x']")).to_have_count(0)

    page.get_by_role("combobox", name="Profile", exact=True).select_option("")
    expect(page.get_by_text("All experts count as equally suited.")).to_be_visible()
    expect(card(page, MIDDLE)).to_contain_text("no profile")
    assert stage.engine.roster.profile is None


def test_missing_weights_are_fetched_with_progress_and_again_where_that_failed(
    stage: ScriptedStage, page: Page
) -> None:
    pulls = stage.pulls
    pulls.absent = {SMALL, LARGE}
    page.goto(f"{stage.address}/experts")
    expect(page.get_by_text("The weights of 2 models are not on this machine yet.")).to_be_visible()
    expect(card(page, LARGE).locator(".state")).to_have_text("missing, 600 MB")
    page.get_by_role("button", name="Fetch weights (1.2 GB)").click()
    expect(page.get_by_text("Waiting to fetch the weights")).to_be_visible()
    assert pulls.started == ["pocket"]

    pulls.states["pocket"] = PullState("pocket", "fetching", SMALL, 300_000_000, 600_000_000)
    expect(page.get_by_text("Fetching SmolLM2 135M: 300 MB of 600 MB")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Progress of the weights")).to_have_js_property("value", 0.5)
    expect(page.get_by_role("button", name="Fetch weights")).to_be_hidden()

    reason = "The disk is full: free some of it."
    pulls.states["pocket"] = PullState("pocket", "failed", problem=reason)
    expect(page.get_by_role("alert").filter(has_text=reason)).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text(reason)).to_be_hidden()
    assert pulls.started == ["pocket", "pocket"]

    pulls.absent = set()
    pulls.states["pocket"] = PullState("pocket", "done")
    expect(page.get_by_role("region", name="Weights")).to_be_hidden()
    expect(card(page, LARGE).locator(".state")).to_have_text("on disk")


def test_a_pool_without_any_weights_cannot_be_used_yet(stage: ScriptedStage, page: Page) -> None:
    stage.pulls.absent = {expert.name for expert in stage.catalogue.pool("paper").experts}
    page.goto(f"{stage.address}/experts?pool=paper")
    expect(page.get_by_text("Can be used once weights are here")).to_be_visible()
    expect(page.get_by_role("button", name="Use this pool")).to_be_disabled()
    expect(page.get_by_role("button", name="Fetch weights (9.6 GB)")).to_be_enabled()


def test_files_of_the_person_that_are_not_right_are_told(stage: ScriptedStage, page: Page) -> None:
    pools = stage.folder / "pools"
    pools.mkdir(exist_ok=True)
    (pools / "mine.toml").write_text("name = 'mine", "utf-8")
    page.goto(f"{stage.address}/experts?pool=mine")
    expect(page.locator(".pool-problems")).to_contain_text("mine.toml is not valid TOML")
    expect(page.get_by_role("alert").filter(has_text="There is no pool 'mine'")).to_be_visible()
    expect(page.locator(".pool-expert")).to_have_count(3)


def test_a_lost_connection_is_told_and_taken_up_again(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts")
    expect(page.locator(".pool-expert")).to_have_count(3)
    page.route("**/engine/**", lambda route: route.abort())
    expect(page.get_by_text("Connection lost, trying again")).to_be_visible()
    expect(page.locator(".pool-expert")).to_have_count(3)
    page.unroute("**/engine/**")
    expect(page.get_by_text("Connection lost, trying again")).to_be_hidden()


def test_it_fits_a_phone(stage: ScriptedStage, new_page: Callable[..., Page]) -> None:
    page = new_page(390)
    page.goto(f"{stage.address}/experts?pool=paper")
    expect(page.locator(".pool-expert")).to_have_count(16)
    page.goto(f"{stage.address}/experts?skill=logic")
    behind = page.get_by_role("region", name="logic")
    expect(behind).to_contain_text("2 validation questions")
    expect(behind).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
