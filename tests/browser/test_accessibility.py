"""Every page in every state, against axe-core's rules: no serious violation."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from annotated_runs import criticised
from batched_runs import begun, pose
from engine.weights.pull_state import PullState
from stage import LARGE, MIDDLE, SMALL, ScriptedStage
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement, NewSpan
from storage.batch_records import Usage
from ui.page_export import page as exported

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]

Open = Callable[[str], Page]


@cache
def rules() -> str:
    """axe-core's script."""
    return AXE.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """The serious and critical violations on the page as it stands, each with its first elements."""
    page.evaluate(rules())
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']} ({one['help']}): {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture(params=LOOKS, ids=[f"{width}-{scheme}" for width, scheme in LOOKS])
def opened(request: pytest.FixtureRequest, chromium: Browser, stage: ScriptedStage) -> Iterator[Open]:
    """Opens a path of the application at one size, light or dark."""
    width, scheme = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()

    def open_path(path: str) -> Page:
        page.goto(stage.address + path)
        return page

    yield open_path
    context.close()


def test_ask_before_during_and_after_a_run(stage: ScriptedStage, opened: Open) -> None:
    page = opened("/")
    expect(page.get_by_role("list", name="Experts of the pool")).to_be_visible()
    assert violations(page) == []
    gate = stage.hold(SMALL)
    page = opened(f"/?run={stage.ask()}")
    expect(page.locator('[data-call^="reason/"][data-phase="done"]').first).to_be_visible()
    assert violations(page) == []
    gate.open()
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    expect(page.locator(".final")).to_be_visible()
    assert violations(page) == []


def test_traces_empty_listed_searched_and_opened(stage: ScriptedStage, opened: Open) -> None:
    page = opened("/traces")
    expect(page.get_by_text("No run yet")).to_be_visible()
    assert violations(page) == []
    run = stage.done()
    page = opened("/traces?text=jars")
    expect(page.locator("mark").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert violations(page) == []
    page = opened(f"/traces?run={run}")
    expect(page.locator(".final")).to_be_visible()
    assert violations(page) == []
    page = opened("/traces?run=20200101-000000-abcdef")
    expect(page.get_by_role("alert").filter(has_text="There is no such run")).to_be_visible()
    assert violations(page) == []


def test_batches_none_listed_one_and_two_compared(stage: ScriptedStage, opened: Open) -> None:
    page = opened("/batches")
    expect(page.get_by_text("No batch yet.")).to_be_visible()
    assert violations(page) == []
    batch, other = begun(stage.record.batches), begun(stage.record.batches, "other", protocol="symbolic-moe")
    for number in range(4):
        category = "roots" if number % 2 else "fruit"
        for one, right in ((batch, number > 0), (other, number < 2)):
            pose(stage.recorder, one, f"q{number}", right=right, category=category, by=[("small", right)])
    usage = Usage(seconds=9.0, loading=2.0, generating=6.0, idle=1.0, loads={"small": 1})
    stage.record.batches.add_usage(batch.id, usage)
    page = opened("/batches")
    expect(page.locator(".batches-table tbody tr")).to_have_count(2)
    assert violations(page) == []
    page = opened(f"/batches?batch={batch.id}")
    expect(page.locator(".cost-figure .point")).to_have_count(2)
    assert violations(page) == []
    page = opened(f"/batches?batch={batch.id}&against={other.id}")
    expect(page.locator(".pairs")).to_be_visible()
    assert violations(page) == []
    page = opened(f"/traces?batch={batch.id}&category=fruit&wrong_by=small")
    expect(page.locator(".traces-table tbody tr")).to_have_count(1)
    assert violations(page) == []


def test_annotating_from_the_offer_to_the_agreement(stage: ScriptedStage, opened: Open) -> None:
    page = opened("/annotate")
    expect(page.get_by_text("There is no critique in the record yet")).to_be_visible()
    assert violations(page) == []
    criticised(stage, critiques=2)
    annotations = stage.record.annotations
    queue = annotations.create_queue("Critiques", QueueFilters(), per_item=2)
    for name, label in (("ada", "wrong"), ("bea", "vague")):
        item = annotations.next(queue.id, name)
        assert item
        annotations.finish(
            item.id, name, Judgement("helpful", None, "So.", (NewSpan("critique", 0, 5, label),))
        )
    page = opened("/annotate")
    page.get_by_text("New queue").click()
    expect(page.get_by_text("2 critiques match.")).to_be_visible()
    assert violations(page) == []
    page = opened(f"/annotate?queue={queue.id}")
    page.locator('[data-passage="critique"]').press("e")
    page.keyboard.press("2")
    page.keyboard.press("g")
    expect(page.locator(".span-list li")).to_have_count(1)
    assert violations(page) == []
    page = opened(f"/annotate?queue={queue.id}&view=agreement")
    expect(page.get_by_role("table", name="Two by two")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Decide").click()
    expect(page.get_by_role("list", name="What everyone said")).to_be_visible()
    assert violations(page) == []


def test_compare_empty_experts_a_diff_and_adding_a_column(stage: ScriptedStage, opened: Open) -> None:
    page = opened("/compare")
    expect(page.get_by_text("No run yet.")).to_be_visible()
    assert violations(page) == []
    run = stage.done()
    page = opened(f"/compare?run={run}&experts={SMALL},{MIDDLE},{LARGE}")
    reason = page.locator('.compare-row[data-step="reason"]')
    reason.scroll_into_view_if_needed()
    reason.locator(".compare-sentence").first.press("Enter")
    expect(reason.locator("[data-lit]").first).to_be_visible()
    page.get_by_text("As a table").click()
    assert violations(page) == []
    page.keyboard.press("e")
    reason.get_by_role("button", name="Word diff").click()
    expect(reason.get_by_role("group", name="Word diff").locator("ins").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Add column").click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    assert violations(page) == []


def test_a_run_that_failed_and_the_questions_of_the_form(stage: ScriptedStage, opened: Open) -> None:
    for expert in (SMALL, MIDDLE, LARGE):
        stage.runtime.refuse[expert] = "The file of this model is cut short: fetch it again."
    run = stage.done()
    page = opened(f"/traces?run={run}")
    expect(page.locator(".run-view")).to_have_attribute("data-status", "failed")
    assert violations(page) == []
    page = opened(f"/?again={run}")
    expect(page.get_by_role("textbox", name="Question")).not_to_be_empty()
    for fold in ("Choices", "Document", "Right answer"):
        page.get_by_role("button", name=fold).click()
    assert violations(page) == []


def test_a_replay_with_critiques_unfolded(stage: ScriptedStage, opened: Open) -> None:
    page = opened(f"/traces?run={stage.done()}&replay=1")
    moment = page.get_by_role("slider", name="Moment of the replay")
    expect(moment).not_to_have_attribute("max", "0")
    moment.press("End")
    expect(page.locator(".critique")).to_have_count(6)
    page.get_by_role("button", name="Unfold all").click()
    expect(page.locator(".critique [data-rendered] .prose").last).to_be_visible()
    assert violations(page) == []


def test_experts_with_a_skill_opened_another_pool_and_weights_that_are_fetched(
    stage: ScriptedStage, opened: Open
) -> None:
    page = opened("/experts?skill=logic")
    expect(page.get_by_role("region", name="logic")).to_be_visible()
    assert violations(page) == []
    stage.pulls.absent = {expert.name for expert in stage.catalogue.pool("paper").experts}
    page = opened("/experts?pool=paper")
    expect(page.locator(".pool-expert")).to_have_count(16)
    assert violations(page) == []
    stage.pulls.states["paper"] = PullState("paper", "fetching", "qwq", 300_000_000, 600_000_000)
    expect(page.get_by_role("progressbar", name="Progress of the weights")).to_be_visible()
    assert violations(page) == []


def test_logging_in_and_a_wrong_password(stage: ScriptedStage, opened: Open) -> None:
    stage.record.accounts.add("Ada", "correct horse", "owner")
    page = opened("/login")
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill("wrong password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


def test_the_page_of_a_run(stage: ScriptedStage, opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "run.html"
    file.write_text(exported(stage.traces, stage.done()), "utf-8")
    page = opened("/").context.new_page()
    page.goto(file.as_uri())
    expect(page.locator(".final")).to_be_visible()
    page.locator("details").evaluate_all("folds => folds.forEach(fold => fold.open = true)")
    assert violations(page) == []
