"""The commands that take in what other records have."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from engine.errors import UserError
from storage.annotation_files.files import read
from storage.imports.annotations import import_annotations
from storage.imports.report import Imported
from storage.imports.runs import import_runs
from storage.record import recording
from ui.terminal.options import DEFAULT_DATABASE, DatabaseOption
from ui.terminal.wiring import tell


def runs(
    file: Annotated[Path, typer.Argument(help="Runs as JSON Lines, as `disputatio export` writes them.")],
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Take runs of another record into this one. What is here already stays as it is."""
    with _opened(file) as lines, recording(database) as record:
        _report(import_runs(record.database, lines), "runs")


def annotations(
    file: Annotated[Path, typer.Argument(help="Annotations as JSON Lines, or as CSV (*.csv).")],
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Take annotations, with their queues and decisions, of runs that are here: `disputatio import` takes those."""
    with _opened(file) as lines, recording(database) as record:
        entries = read(lines, "csv" if file.suffix.lower() == ".csv" else "jsonl")
        _report(import_annotations(record.database, entries), "annotations")


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    try:
        opened = file.open(encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror or error}).") from error
    with opened:
        yield opened


def _report(came: Imported, what: str) -> None:
    """Say what came, and fail where something was left out."""
    for left in came.reasons:
        tell(f"Line {left.line}: {left.reason}")
    if unsaid := max(0, came.left_out - len(came.reasons)):
        tell(f"… and {unsaid} more.")
    tell(f"{came.taken} {what} taken, {came.already} here already, {came.left_out} left out.")
    if came.left_out and not (came.taken or came.already):
        raise UserError(f"None of the {what} could be taken.")
