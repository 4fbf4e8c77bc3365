"""How soon a very long run is seen, and how it replays: `python tests/benchmarks/open_large_run.py`.

Twelve experts, three rounds, 4,000 tokens of each in a round, opened in Chromium from the list of runs. Prints the
seconds until its steps and panels are seen, until it can be replayed, and how long a jump to another moment takes.
"""

import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

import typer
from playwright.sync_api import Page

from chromium_page import chromium_page
from large_run import EXPERTS
from many_runs import add_large_run, fill
from traces_in_browser import served

RUNS = 200
TIMES = 5

OPENED = """
    (link) => new Promise((resolve) => {
        const began = performance.now();
        const seen = () => {
            const shown = document.querySelectorAll(".run-view .panel .name").length;
            if (shown < PANELS || !document.querySelector(".final")?.textContent) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        };
        const watch = new MutationObserver(seen);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        link.click();
    })
""".replace("PANELS", str(2 * EXPERTS + 1))

SCRUBBED = """
    async (time) => {
        const taken = [];
        let longest = 0;
        const tasks = new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
        });
        tasks.observe({ entryTypes: ["longtask"] });
        const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        const jump = async (share) => {
            const began = performance.now();
            time.value = share * time.max;
            time.dispatchEvent(new Event("input"));
            await frame();
            taken.push(performance.now() - began);
        };
        for (const share of [0.99, 0.01, 0.7, 0.3, 0.95, 0.5, 0.1, 0.8, 0.2, 0.6]) await jump(share);
        for (let at = 0; at <= 100; at += 1) await jump(at / 100);
        for (let at = 100; at >= 0; at -= 1) await jump(at / 100);
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { taken, longest };
    }
"""


def opened(page: Page, address: str) -> float:
    """Seconds from the click on the newest run in the list until its steps and panels are seen."""
    page.goto(f"{address}/traces")
    link = page.locator(".traces-table tbody .question a").first
    link.wait_for()
    taken: float = link.evaluate(OPENED)
    return taken / 1000


def replayed(page: Page) -> tuple[float, dict[str, Any]]:
    """Seconds until the open run can be replayed, and what jumping about in it takes, in milliseconds."""
    clock = "performance.now()"
    began = page.evaluate(clock)
    page.get_by_role("link", name="Replay", exact=True).click()
    page.locator(".replay-bar .lane span").nth(4).wait_for(state="attached")
    ready = (page.evaluate(clock) - began) / 1000
    page.get_by_role("button", name="Pause").click()
    return ready, page.get_by_label("Moment of the replay").evaluate(SCRUBBED)


def main() -> None:
    """Print how soon it opens and replays."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "record.db"
        fill(database, RUNS)
        add_large_run(database)
        with served(database) as address, chromium_page() as page:
            times = [opened(page, address) for _ in range(TIMES)]
            typer.echo(
                f"opened from the list   {statistics.median(times):5.2f} s   ({min(times):.2f} to {max(times):.2f})"
            )
            ready, scrubbed = replayed(page)
            jumps = scrubbed["taken"]
            typer.echo(f"replay is ready        {ready:5.2f} s")
            jump = f"{statistics.median(jumps):5.0f} ms  (longest {max(jumps):.0f} ms of {len(jumps)})"
            typer.echo(f"a jump in the replay   {jump}")
            typer.echo(f"longest task           {scrubbed['longest']:5.0f} ms")
            typer.echo(f"load of the machine    {os.getloadavg()[0]:5.1f}  ({os.cpu_count()} cores)")


if __name__ == "__main__":
    typer.run(main)
