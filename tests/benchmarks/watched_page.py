"""A page whose main thread is watched while a reader does one thing after the other."""

import time
from collections.abc import Callable

import typer
from playwright.sync_api import Page

STILL = 500  # milliseconds without any work, after which nothing more comes of what was done
PATIENCE = 60.0  # seconds

_WATCH = """
    window.began = 0;
    window.worked = window.longest = window.slowest = 0;
    const watch = (entries, told) => new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) told(entry);
        window.worked = performance.now();
    }).observe({ type: entries, buffered: true });
    watch("longtask", ({ duration }) => (window.longest = Math.max(window.longest, duration)));
    watch("resource", ({ requestStart, responseEnd, initiatorType }) => {
        if (initiatorType === "fetch") window.slowest = Math.max(window.slowest, responseEnd - requestStart);
    });
    for (const kind of ["pointerdown", "keydown", "wheel"]) {
        addEventListener(kind, ({ timeStamp }) => (window.began = timeStamp), { capture: true, passive: true });
    }
"""

_FORGET = "window.began = window.shown = null; window.longest = window.slowest = 0;"

_LOOK = """
    window.shown = null;
    const look = () => {
        if (window.began === null || !(SEEN)) requestAnimationFrame(look);
        else setTimeout(() => (window.shown = performance.now()));
    };
    look();
"""


class WatchedPage:
    """Prints of everything that is done in a page what it takes, in milliseconds.

    That is the time from the address, or the last key or turn of the wheel, until the frame that shows what comes of
    it; and, until nothing happens any more, the longest task of the main thread and the server's longest answer.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.longest = 0.0
        page.add_init_script(_WATCH)
        typer.echo(f"{'milliseconds':<58} {'seen after':>10} {'longest task':>13} {'longest answer':>15}")

    def open(self, what: str, address: str, seen: str) -> None:
        """Open the page at an address; `seen` is JavaScript that says whether what is wanted is on the page."""
        self.page.goto(address, wait_until="commit")
        self._report(what, seen)

    def act(self, what: str, act: Callable[[], object], seen: str = "") -> None:
        """Do as a reader does, with keys or the pointer; without `seen` only the longest task is of interest."""
        self.page.evaluate(f"() => {{ {_FORGET} }}")
        act()
        self._report(what, seen)

    def _report(self, what: str, seen: str) -> None:
        self.page.evaluate(f"() => {{ {_LOOK.replace('SEEN', seen or 'true')} }}")
        end = time.monotonic() + PATIENCE
        still = f"window.shown && performance.now() - Math.max(window.shown, window.worked) > {STILL}"
        while not self.page.evaluate(still):
            if time.monotonic() > end:
                raise RuntimeError(f"What was to be seen never came: {what.strip()}.")
            self.page.wait_for_timeout(50)
        taken, longest, slowest = self.page.evaluate(
            "[window.shown - window.began, window.longest, window.slowest]"
        )
        self.longest = max(self.longest, longest)
        typer.echo(f"{what:<58} {f'{taken:.0f}' if seen else '':>10} {longest:>13.0f} {slowest:>15.0f}")
