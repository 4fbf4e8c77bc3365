"""How quick the record is with many runs: `python tests/benchmarks/record_speed.py [FILE] [--runs N] [--repeat N]`.

Prints the least, the median and the greatest milliseconds of each query. FILE is one that many_runs.py filled with
`--large`; without one, a file is filled first and thrown away afterwards.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from many_runs import add_large_run, fill
from storage.curation import Curation
from storage.database import Database
from storage.records import RunSummary
from storage.traces import Traces

DAY = 86400.0
SEARCHED_WORDS = 50

Query = Callable[[], object]


def filters(old: RunSummary) -> dict[str, dict[str, Any]]:
    """What lists are filtered by. The last ones find nothing, after looking at every run."""
    week = {"since": old.created_at - 7 * DAY, "until": old.created_at}
    return {
        "none": {},
        "protocol": {"protocol": "symbolic-moe"},
        "pool": {"pool": "paper"},
        "expert": {"expert": "mathstral-7b"},
        "status done": {"status": "done"},
        "status failed": {"status": "failed"},
        "status interrupted": {"status": "interrupted"},
        "a week long ago": week,
        "right": {"correct": "right"},
        "unknown": {"correct": "unknown"},
        "frequent tag": {"tag": "homework"},
        "rare tag": {"tag": "rare"},
        "noted": {"noted": True},
        "wrong, noted, of a pool": {"correct": "wrong", "noted": True, "pool": "pocket"},
        "rare tag, week": {"tag": "rare", **week},
        "expert of the other pool": {"expert": "mathstral-7b", "pool": "pocket"},
        "no such pool": {"pool": "none"},
    }


def searches(old: RunSummary, traces: Traces) -> dict[str, str]:
    """What is searched for. The words of one subject never occur in a run of another."""
    pasted = " ".join(call.text for call in traces.calls(old.id))
    return {
        "in every run": "the",
        "in a few runs": old.question.split()[0],
        "frequent": "enzyme",
        "start of a word": "landl",
        "one letter": "t",
        "two frequent, never together": "enzyme lease",
        "fifty pasted": " ".join(list(dict.fromkeys(pasted.split()))[:SEARCHED_WORDS]),
        "of notes": "look at again with the class",
    }


def store_queries(traces: Traces) -> dict[str, Query]:
    """Every filter, every search, every combination of them."""
    cursor = None
    for _ in range(20):
        cursor = traces.page(limit=200, before=cursor).next
    old = next(run for run in traces.page(limit=200, before=cursor, status="done").runs if run.tokens > 100)
    found: dict[str, Query] = {}
    for words, text in {"": "", **searches(old, traces)}.items():
        for name, wanted in filters(old).items():
            label = f"search {words}; {name}" if words else f"list; {name}"
            found[label] = lambda text=text, wanted=wanted: traces.page(text, **wanted)
    found["list; older"] = lambda: traces.page(before=cursor)
    found["facets"] = traces.facets
    found["speeds"] = lambda: traces.speeds("openvino")
    return found


def other_queries(traces: Traces, curation: Curation, large: str) -> dict[str, Query]:
    """Opening the large run, and what a person does to a run."""
    run = traces.page(limit=2).runs[-1].id
    return {
        "events of the large run": lambda: traces.events(large),
        "all deltas of the large run": lambda: traces.events(large, whole=True),
        "following the large run": lambda: traces.events(large, 60_000),
        "tag a run": lambda: curation.mark(run, tags=["measured"]),
        "note on a run": lambda: curation.mark(run, note="Measured."),
        "delete and restore": lambda: (curation.delete([run]), curation.restore([run])),
        "tag the large run": lambda: curation.mark(large, tags=["measured"]),
    }


def timed(query: Query, repeat: int) -> list[float]:
    """Milliseconds of each repetition, the first of which is not counted."""
    query()
    taken = []
    for _ in range(repeat):
        began = time.perf_counter()
        query()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def table(title: str, queries: dict[str, Query], repeat: int) -> Table:
    """The queries' times, the slowest first."""
    shown = Table(
        "query", *(Column(name, justify="right") for name in ("min ms", "median", "max")), title=title
    )
    rows = {name: timed(query, repeat) for name, query in queries.items()}
    for name, taken in sorted(rows.items(), key=lambda row: -min(row[1])):
        shown.add_row(name, *(f"{value:.1f}" for value in (min(taken), statistics.median(taken), max(taken))))
    return shown


def main(
    path: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
    runs: int = 100_000,
    repeat: int = 7,
) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            path = Path(folder) / "record.db"
            fill(path, runs)
            add_large_run(path)
        database = Database(path)
        traces, curation = Traces(database), Curation(database)
        large = next(run.id for run in traces.page(expert="llama-3.1-8b").runs if run.id.startswith("large"))
        console = Console(width=100)
        console.print(table("Lists, filters and searches", store_queries(traces), repeat))
        console.print(table("One run", other_queries(traces, curation, large), repeat))
        database.close()


if __name__ == "__main__":
    typer.run(main)
