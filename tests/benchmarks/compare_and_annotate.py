"""Whether very long runs open, compare and annotate without a pause: `python tests/benchmarks/compare_and_annotate.py`.

Two runs of twelve experts, with three rounds of critique and refinement and 4,000 tokens of each in a step, in
Chromium. Prints of each thing a reader does the milliseconds until its effect is seen, the longest task of the page's
main thread, and the longest answer of the server. Tasks of more than 300 ms are a pause.
"""

import os
import random
import tempfile
from pathlib import Path
from urllib.parse import quote

import typer
from playwright.sync_api import Page

from chromium_page import chromium_page
from large_run import EXPERTS
from large_texts import LargeTexts
from many_runs import add_large_run, fill
from storage.annotations.annotations import Annotations
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement, NewSpan
from storage.record import recording
from traces_in_browser import served
from watched_page import WatchedPage

RUNS = 50  # others in the record
ROUNDS = 3
PAUSE = 300.0  # milliseconds
JUDGED = 100  # items that two annotators have judged

OPENED = f"""
    document.querySelectorAll(".run-view .panel .name").length > {(ROUNDS + 1) * EXPERTS}
    && document.querySelector(".final")?.textContent
"""
# No text is waited for in the rows that are in the window.
FILLED = """
    (() => {
        const seen = [...document.querySelectorAll(".compare-row")].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
        });
        return seen.length && !seen.some((row) => row.querySelector("[data-loading]"));
    })()
"""
# The texts of the first answers are there.
REASONED = """
    (() => {
        const row = document.querySelector('.compare-row[data-step="reason"]');
        return row?.querySelector(".compare-sentence") && !row.querySelector("[data-loading]");
    })()
"""
AT_END = f"document.documentElement.scrollHeight - scrollY < 3 * innerHeight && {FILLED}"
ITEM = "document.querySelectorAll('.item-view .passage-text').length === 2"


def read_run(watched: WatchedPage, address: str) -> None:
    """Open a run from the list, and read through it."""
    page = watched.page
    watched.open("Traces", f"{address}/traces", "document.querySelector('.traces-table tbody .question a')")
    newest = page.locator(".traces-table tbody .question a").first
    watched.act("a run from the list", newest.click, OPENED)
    watched.act("  scroll through it", lambda: scroll(page, 60))
    critiques = page.locator('section[data-step="critique"]').last
    critiques.scroll_into_view_if_needed()
    watched.act("  all 132 critiques of a round unfolded", critiques.get_by_text("Unfold all").click)
    watched.act("  one expert's in the graph", lambda: critiques.locator("svg .node").first.click(force=True))


def compare(watched: WatchedPage, address: str, what: str, columns: list[str]) -> None:
    """Put columns side by side and read what differs."""
    page = watched.page
    named = ",".join(quote(column, safe="~") for column in columns)
    watched.open(f"compare {what}", f"{address}/compare?runs={named}", REASONED)
    watched.act("  next difference", lambda: page.keyboard.press("n"), "document.querySelector('[data-lit]')")
    watched.act("  the next ten", lambda: [page.keyboard.press("n", delay=50) for _ in range(10)])
    text = page.locator(".compare-row[data-step='reason'] .cell-text:visible").first
    text.hover()
    watched.act("  scroll its texts together", lambda: scroll(page, 12, 500))
    differ = "document.querySelector('[data-step=reason] .row-diff .changes').childElementCount"
    row = page.locator(".compare-row[data-step='reason']").first
    watched.act("  word diff", lambda: row.get_by_role("button", name="Word diff").click(), differ)
    watched.act("  side by side again", lambda: row.get_by_role("button", name="Side by side").click())
    turn = row.locator(".turn")
    watched.act("  fold a row", turn.click)
    watched.act("  unfold it", turn.click)
    watched.act("  collapse what is equal", lambda: page.keyboard.press("e"))
    watched.act("  all again", lambda: page.keyboard.press("e"))
    page.mouse.move(5, 600)
    watched.act("  scroll down", lambda: scroll(page, 40), FILLED)
    watched.act("  to its end", lambda: page.keyboard.press("End"), AT_END)


def annotate(watched: WatchedPage, address: str) -> None:
    """Make a queue and judge its first items."""
    page = watched.page
    watched.open("Annotate", f"{address}/annotate", "document.querySelector('.new-queue')?.offsetHeight")
    form = page.locator(".new-queue > summary")
    watched.act("  the form of a new queue", form.click, "document.querySelector('.matching').textContent")
    watched.act("  make a queue, its first item", page.get_by_text("Make the queue").click, ITEM)
    answer, critique = page.locator(".passage-text").first, page.locator(".passage-text").last
    marked = "document.querySelectorAll('.span-list li').length > {}"
    for place, text in enumerate((critique, answer)):
        watched.act("  select words with the mouse", lambda text=text: drag(page, text.bounding_box()))
        watched.act("  label them by key", lambda: page.keyboard.press("1"), marked.format(place))
    watched.act("  select a sentence by key, label it", lambda: keys(page, "Escape", "Control+End", "e", "2"))
    watched.act(
        "  what followed",
        lambda: page.keyboard.press("r"),
        "document.querySelector('.refinement .changes ins')",
    )
    watched.act("  the verdict", lambda: keys(page, "Escape", "h", "y"))
    here = page.locator(".item-view").get_attribute("data-item")
    another = f"{ITEM} && document.querySelector('.item-view').dataset.item !== '{here}'"
    watched.act("  save, the next item", lambda: page.keyboard.press("Enter"), another)
    watched.act("  back", lambda: page.keyboard.press("b"), f"{ITEM} && !({another})")


def scroll(page: Page, times: int, pixels: int = 700) -> None:
    """Turn the wheel."""
    for _ in range(times):
        page.mouse.wheel(0, pixels)
        page.wait_for_timeout(60)


def drag(page: Page, box: dict[str, float]) -> None:
    """Draw a selection in a text."""
    x, y = box["x"] + 40, max(box["y"], 150) + 60
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(x + 12 * step, y + 6 * step)
    page.mouse.up()


def keys(page: Page, *pressed: str) -> None:
    """Press keys, one after the other."""
    for key in pressed:
        page.keyboard.press(key)


def judge(annotations: Annotations, run: str) -> str:
    """A queue of a run's critiques, many of them judged by two; its id."""
    queue = annotations.create_queue("Judged by two", QueueFilters(runs=(run,)), per_item=2)
    rng = random.Random(0)
    for _ in range(JUDGED):
        for annotator in ("ada", "bea"):
            item = annotations.next(queue.id, annotator)
            spans = [
                NewSpan("critique", start, start + 80, rng.choice(queue.schema.labels).name)
                for start in rng.sample(range(900), 5)
            ]
            verdict = rng.choice(("helpful", "harmless", "harmful"))
            annotations.finish(item.id, annotator, Judgement(verdict, spans=tuple(spans)))
    return queue.id


def main() -> None:
    """Print what each thing a reader does takes."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "record.db"
        fill(database, RUNS)
        common = LargeTexts(random.Random(0)).answer()
        first, second = (add_large_run(database, seed, ROUNDS, common) for seed in (1, 2))
        with recording(database) as record:
            experts = [expert.name for expert in record.traces.run(first).experts]
            queue = judge(record.annotations, first)
        with served(database) as address, chromium_page() as page:
            watched = WatchedPage(page)
            read_run(watched, address)
            compare(watched, address, "two runs", [first, second])
            compare(
                watched, address, "four experts of a run", [f"{first}~{expert}" for expert in experts[:4]]
            )
            compare(
                watched, address, "an expert in two runs", [f"{run}~{experts[0]}" for run in (first, second)]
            )
            annotate(watched, address)
            judged = f"{address}/annotate?queue={queue}&view=agreement"
            watched.open(f"agreement on {JUDGED} items", judged, "document.querySelector('.tables table')")
            typer.echo(
                f"longest task {watched.longest:.0f} ms: {'a pause' if watched.longest > PAUSE else 'no pause'}"
            )
            typer.echo(f"load of the machine {os.getloadavg()[0]:.1f} ({os.cpu_count()} cores)")


if __name__ == "__main__":
    typer.run(main)
