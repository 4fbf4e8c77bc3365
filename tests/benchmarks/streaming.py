"""How much work streaming is for the browser: `python tests/benchmarks/streaming.py [--seconds N]`.

Six experts write 40 tokens a second each into the application on a scripted runtime, and Chromium shows it. Prints the
share of the time that its main thread was busy, the longest gap between two frames, and the heap before and after.
"""

import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer
from playwright.sync_api import CDPSession, Page

from chromium_page import chromium_page
from plausible import SUBJECTS, long_working

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "browser")]

from engine.pool import Expert, Pool, read_pool  # noqa: E402
from engine.protocols import PROTOCOLS  # noqa: E402
from engine.question import Question  # noqa: E402
from engine.runtimes.base import Message, Sampling  # noqa: E402
from engine.skills import KEYWORD_MAX_TOKENS  # noqa: E402
from scripted import ScriptedRuntime  # noqa: E402
from stage import Stage  # noqa: E402

EXPERTS = 6
TOKENS_PER_SECOND = 40
SETTLING = 3.0  # seconds before measuring: the page has opened and everybody writes

WATCH_FRAMES = """
    (() => {
        const frames = (window.frames_seen = { longest: 0, count: 0 });
        let last = performance.now();
        const seen = (now) => {
            frames.longest = Math.max(frames.longest, now - last);
            frames.count += 1;
            last = now;
            requestAnimationFrame(seen);
        };
        requestAnimationFrame(seen);
    })()
"""


class Writers(ScriptedRuntime):
    """Experts that all write at the same pace, about as long as the benchmark takes."""

    def __init__(self, seconds: float) -> None:
        super().__init__(self._write, seconds_per_word=1 / TOKENS_PER_SECOND)
        self._tokens = round((seconds + 4 * SETTLING) * TOKENS_PER_SECOND)

    def _write(self, expert: Expert, _messages: Sequence[Message], sampling: Sampling) -> str:
        if sampling.max_tokens == KEYWORD_MAX_TOKENS:
            return "Keywords: algebra, arithmetic"
        # The runtime streams words, which are longer than tokens: the page has rather more to do than it would.
        return "".join(long_working(random.Random(expert.name), SUBJECTS[1], 3 * self._tokens))


def six_experts() -> Pool:
    """The first six experts of the paper, who may write as much as they like."""
    paper = read_pool("paper")
    experts = tuple(expert.model_copy(update={"max_tokens": 100_000}) for expert in paper.experts[:EXPERTS])
    names = {"keyword_expert": experts[0].name, "aggregator": experts[0].name}
    return paper.model_copy(update={"name": "six", "title": "Six experts", "experts": experts, **names})


def heap(session: CDPSession) -> float:
    """What the page's JavaScript holds after a collection, in megabytes."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


class MainThread:
    """What the page's main thread has spent since this was made, in seconds of a clock: "timeTicks" is the wall's,

    on which other programs that had the processor count as well, "threadTicks" that of the processor.
    """

    def __init__(self, page: Page, clock: str) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": clock})
        self._before = self._metrics()

    def spent(self) -> dict[str, float]:
        """Seconds by what they were spent on."""
        return {name: value - self._before[name] for name, value in self._metrics().items()}

    def _metrics(self) -> dict[str, float]:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}


def measure(page: Page, seconds: float) -> None:
    """Watch the page for so long and print what it took."""
    session = page.context.new_cdp_session(page)
    heap_before = heap(session)
    by_wall, by_processor = MainThread(page, "timeTicks"), MainThread(page, "threadTicks")
    page.evaluate(WATCH_FRAMES)
    page.wait_for_timeout(1000 * seconds)
    frames = page.evaluate("window.frames_seen")
    wall, processor, heap_after = by_wall.spent(), by_processor.spent(), heap(session)
    taken = wall["Timestamp"]
    parts = {"scripts": "ScriptDuration", "styles": "RecalcStyleDuration", "layout": "LayoutDuration"}
    of_which = ", ".join(f"{what} {wall[name] / taken:.0%}" for what, name in parts.items())
    words = sum(
        len(text.split()) for text in page.locator('[data-call^="reason/"] .streamed').all_text_contents()
    )
    typer.echo(
        f"{EXPERTS} experts, {TOKENS_PER_SECOND} words a second each, {taken:.0f} s; {words} words shown"
    )
    typer.echo(f"main thread busy     {wall['TaskDuration'] / taken:6.1%}  ({of_which})")
    typer.echo(f"  on the processor   {processor['TaskDuration'] / taken:6.1%}")
    typer.echo(
        f"longest frame gap    {frames['longest']:5.0f} ms  ({frames['count'] / taken:.0f} frames a second)"
    )
    typer.echo(f"heap after collection {heap_before:.1f} MB before, {heap_after:.1f} MB after")


def main(seconds: float = 60.0) -> None:
    """Print how busy the browser is while six experts write."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Stage(Path(folder), six_experts(), Writers(seconds), profile=None) as stage,
        chromium_page() as page,
    ):
        question = Question.posed("How long does it take?")
        run = stage.engine.ask(question, PROTOCOLS["disputation"], {"k": EXPERTS}, seed=1)
        stage.recorder.flush()
        page.goto(f"{stage.address}/?run={run}")
        page.locator('.panel[data-phase="thinking"]').nth(EXPERTS - 1).wait_for()
        page.get_by_role("button", name="reason").click()
        page.wait_for_timeout(1000 * SETTLING)
        load = os.getloadavg()[0]
        measure(page, seconds)
        typer.echo(
            f"load of the machine  {load:.1f} before, {os.getloadavg()[0]:.1f} after ({os.cpu_count()} cores)"
        )
        stage.engine.stop(run)
        stage.engine.wait(run)


if __name__ == "__main__":
    typer.run(main)
