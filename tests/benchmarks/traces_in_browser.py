"""How soon Traces answers in Chromium: `python tests/benchmarks/traces_in_browser.py [FILE] [--runs N]`.

Serves the application over a record of N runs, which are made first where FILE is not there yet, and a very long one.
Prints the seconds from what a reader does to the frame that shows what came of it: the median of several times.
"""

import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Page

from chromium_page import chromium_page
from many_runs import add_large_run, fill

PROJECT = Path(__file__).parent.parent.parent
TIMES = 5

WATCH = """
    const shown = () => {
        const table = document.querySelector(".traces-table");
        const { status = "idle" } = document.querySelector(".run-view")?.dataset ?? {};
        if (location.search.includes("run=")) {
            return status !== "idle" && (status !== "done" || document.querySelector(".conclusion")?.textContent);
        }
        if (!table || table.hasAttribute("aria-busy")) return false;
        return table.rows.length > 1 || document.querySelector(".told")?.textContent.includes("No run matches");
    };
    const look = () => {
        window.placed ??= document.querySelector(".traces-list") && performance.now();
        if (window.shown || !shown()) return;
        window.shown = Infinity;
        requestAnimationFrame(() => setTimeout(() => (window.shown = performance.now())));
    };
    window.began = 0;
    for (const kind of ["input", "change", "click"]) {
        addEventListener(kind, () => { window.began = performance.now(); window.shown = 0; }, { capture: true });
    }
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(look).observe(document, everything);
"""


def seconds(page: Page) -> float:
    """How long it took from the reader's last action (or the address) to the frame that shows its effect."""
    while not page.evaluate("window.shown > 0 && isFinite(window.shown)"):
        page.wait_for_timeout(20)
    taken: float = page.evaluate("(window.shown - window.began) / 1000")
    return taken


def report(what: str, taken: list[float], note: str = "") -> None:
    """Print one line."""
    typer.echo(f"{what:<44} {statistics.median(taken):6.2f} s   ({min(taken):.2f} to {max(taken):.2f}){note}")


def measure(page: Page, address: str) -> None:
    """Do what a reader does, and print how long each takes."""
    page.add_init_script(WATCH)
    loaded = []
    for _ in range(TIMES):
        loaded.append(opened_list(page, address))
    report("the page Traces, from its address", loaded)
    placed: float = page.evaluate("window.placed") / 1000
    typer.echo(f"{'  of which until Gradio has made the page':<44} {placed:6.2f} s")
    for label in ("Protocol", "Pool", "Expert", "Status", "Answer", "Date", "Tag"):
        chip = page.get_by_label(label, exact=True)
        chip.locator("option").nth(1).wait_for(state="attached")
        options = [option for option in chip.locator("option").all_inner_texts()[1:] if option != "between …"]
        taken = []
        for option in options[:TIMES]:
            chip.select_option(option)
            taken.append(seconds(page))
        report(f"filter {label}, {len(taken)} of its values", taken)
        page.get_by_role("button", name="Clear all", exact=True).click()
        seconds(page)
    words = ("the", "photosynthesis", "train speed", "e", "wrong")
    searched = []
    for text in words:
        page.get_by_label("Search all text").fill(text)
        searched.append(seconds(page))
    report(f"search for {', '.join(words)}", searched, "; 0.20 s of it waits for the next key")
    page.get_by_label("Status", exact=True).select_option("failed")
    report("search and filter", [seconds(page)])
    opened_list(page, address)
    links = page.locator(".traces-table tbody .question a")
    for what, places in (
        ("a run", range(1, 16, 3)),
        ("12 experts, 3 rounds, 4,000 tokens each", [0] * TIMES),
    ):
        opened = []
        for place in places:
            links.nth(place).click()
            opened.append(seconds(page))
            page.get_by_role("link", name="All traces").click()
        report(f"opening {what}", opened)


def opened_list(page: Page, address: str) -> float:
    """Open the page anew; the seconds until its rows are seen."""
    page.goto(f"{address}/traces", wait_until="commit")
    return seconds(page)


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The application over a record; its address."""
    command = [sys.executable, str(PROJECT / "app.py"), "serve", "--database", str(database), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        try:
            for line in process.stdout or ():
                if found := re.search(r"http://\S+", line):
                    yield found[0]
                    return
            raise RuntimeError("The application ended before it said where it is.")
        finally:
            process.terminate()


def main(
    file: Annotated[Path | None, typer.Argument(help="The record, kept for the next time.")] = None,
    runs: int = 100_000,
) -> None:
    """Print how soon the list, filters, a search and opened runs are seen."""
    with tempfile.TemporaryDirectory() as folder:
        database = file or Path(folder) / "record.db"
        if not database.exists():
            fill(database, runs)
        add_large_run(database)  # the newest, so the first on the list
        with served(database) as address, chromium_page() as page:
            measure(page, address)


if __name__ == "__main__":
    typer.run(main)
