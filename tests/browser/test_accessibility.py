"""Every page in every state, against axe-core's rules: no serious violation."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from stage import SMALL, ScriptedStage

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
def opened(request: pytest.FixtureRequest, chromium: Browser, stage: ScriptedStage) -> Open:
    """Opens a path of the application at one size, light or dark."""
    width, scheme = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    request.addfinalizer(context.close)
    page = context.new_page()

    def open_path(path: str) -> Page:
        page.goto(stage.address + path)
        return page

    return open_path


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
