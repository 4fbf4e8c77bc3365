"""Fills a database with plausible runs, in bulk: `python tests/benchmarks/many_runs.py FILE [--runs N] [--large]`.

They differ in protocol, pool, experts, answer, status, date, tags and notes, and have all the rows a recorded run has
but deltas: each call's text stands in its last event. `--large` adds one very long run, with its deltas.
"""

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import func, select

from engine.pool import read_pool
from large_run import LargeRun
from one_run import OneRun
from plausible import SUBJECTS, sentence
from rows import Rows
from storage.database import Database
from storage.schema import Run

BATCH = 2000
SPAN = 2 * 365 * 86400.0  # seconds from the oldest run to the newest


def fill(path: Path, runs: int = 100_000, seed: int = 0) -> None:
    """Add `runs` runs of the last two years to the database at `path`, the newest last. It may not be there yet."""
    rng = random.Random(seed)
    pools = [read_pool("pocket"), read_pool("paper")]
    sentences = {subject: [sentence(rng, subject) for _ in range(400)] for subject in SUBJECTS}
    database = Database(path)
    first = _next_number(database)
    now, end = time.time(), first + runs
    for start in range(first, end, BATCH):
        rows = Rows()
        for number in range(start, min(start + BATCH, end)):
            at = now - (end - number) / runs * SPAN
            run = OneRun(rng, f"run{number:08}", at, pools[rng.random() < 0.3], sentences)
            rows.add(number, run.events(), note=run.note, tags=run.tags)
        with database.writer() as connection:
            rows.write(connection)
    database.close()


def add_large_run(path: Path, seed: int = 0, rounds: int = 1, common: Sequence[str] = ()) -> str:
    """Add a run of 12 experts, 4,000 tokens of each in a step, to the database at `path`, as LargeRun has it; its id.

    It has so many `rounds` of critique and refinement after the reasoning.
    """
    database = Database(path)
    number = _next_number(database)
    run = LargeRun(f"large{number:08}", seed, rounds, common)
    rows = Rows()
    rows.add(number, run.events())
    with database.writer() as connection:
        rows.write(connection)
    database.close()
    return f"large{number:08}"


def _next_number(database: Database) -> int:
    with database.reader() as connection:
        return (connection.scalar(select(func.max(Run.number))) or 0) + 1


def main(path: Path, runs: int = 100_000, large: Annotated[bool, typer.Option("--large")] = False) -> None:
    """Fill the database and say how long it took."""
    began = time.monotonic()
    fill(path, runs)
    typer.echo(f"{runs} runs in {time.monotonic() - began:.0f} s: {path}")
    if large:
        typer.echo(f"The large run is {add_large_run(path)}.")


if __name__ == "__main__":
    typer.run(main)
