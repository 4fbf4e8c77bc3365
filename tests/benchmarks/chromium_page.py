"""The page of Chromium that benchmarks watch."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@contextmanager
def chromium_page() -> Iterator[Page]:
    """A page 1280 pixels wide, closed at the end; the machine's Chromium, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()
