"""A browser and the application on the scripted runtime."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect, sync_playwright

from stage import ScriptedStage

PATIENCE = 30_000  # milliseconds; nothing waits that long unless it is broken

expect.set_options(timeout=PATIENCE)

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium or Chrome as the machine has it, else Playwright's own.

    Not for the whole session: Playwright's event loop would be in the way of the tests that come after.
    """
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ScriptedStage]:
    """The application, empty."""
    with ScriptedStage(tmp_path) as running:
        yield running


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens tabs of one visitor. The test fails if one throws, or asks for anything from elsewhere."""
    problems: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)

    def only_from_here(route: Route, request: Request) -> None:
        if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            route.continue_()
        else:
            problems.append(f"asked for {request.url}")
            route.abort()

    context.route("**/*", only_from_here)

    def open_page(width: int = 1280) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: problems.append(f"threw {error}"))
        page.on("dialog", lambda dialog: (problems.append(f"said {dialog.message}"), dialog.dismiss()))
        return page

    yield open_page
    context.close()
    assert not problems


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One tab."""
    return new_page()
