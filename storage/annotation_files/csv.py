"""Annotations as CSV, with the columns of `storage.annotation_files.columns`."""

import json
from collections.abc import Iterable, Iterator
from csv import QUOTE_ALL
from itertools import groupby
from operator import itemgetter
from typing import Any, TextIO

import pandas as pd  # type: ignore[import-untyped]

from storage.annotation_files.columns import COLUMNS, SPAN, passages
from storage.annotation_files.jsonl import Line
from storage.imports.json_line import Unreadable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"
_CHUNK = 500
_AS_JSON = ("queue", "decision", "choices")
_SAME = ("run", "call", "annotator", "kind", "model", "queue")
"""The cells that are the same in all rows of one annotation, and of no other."""


def written(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The table in parts, the first with the names of the columns.

    A cell that a spreadsheet would take for a formula, as it begins with = + - @, a tab or a carriage return, has an
    apostrophe before it, and so has one that begins with an apostrophe; `read` takes it away again. All cells are
    quoted, as a carriage return within an unquoted one would begin another row.
    """
    yield pd.DataFrame(columns=list(COLUMNS)).to_csv(index=False, quoting=QUOTE_ALL)
    for entry in entries:
        table = pd.DataFrame(list(_rows(entry)), columns=list(COLUMNS))
        yield table.to_csv(index=False, header=False, quoting=QUOTE_ALL)


def read(file: TextIO) -> Iterator[Line]:
    """The entries of a table, each with the number of its first row below the names of the columns."""
    number = 0
    try:
        for _, rows in groupby(_cells(file), key=lambda row: itemgetter(*_SAME)(row[1])):
            together = list(rows)
            number, first = together[0]
            yield number, _entry(first, [row for _, row in together])
    except (Unreadable, pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        yield number + 1, Unreadable(f"From here on this is no table of annotations ({error}).")


def _rows(entry: dict[str, Any]) -> Iterator[list[str]]:
    told = {name: value for name, value in entry.items() if name in COLUMNS} | passages(entry["context"])
    for span in entry["spans"] or [{}]:
        row = told | {f"{SPAN}{name}": value for name, value in span.items()}
        yield [_guarded(_cell(name, row.get(name))) for name in COLUMNS]


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in _AS_JSON or isinstance(value, bool | float):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _guarded(cell: str) -> str:
    return _GUARD + cell if cell.startswith((*_FORMULA, _GUARD)) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and cell[1:].startswith((*_FORMULA, _GUARD)) else cell


def _cells(file: TextIO) -> Iterator[tuple[int, dict[str, str]]]:
    number = 0
    with pd.read_csv(file, dtype=str, keep_default_na=False, chunksize=_CHUNK) as chunks:
        for chunk in chunks:
            if missing := [name for name in (*_SAME, "format", "text_hash") if name not in chunk.columns]:
                raise Unreadable(f"it has no column {missing[0]!r}")
            for row in chunk.to_dict("records"):
                number += 1
                yield number, {str(name): _unguarded(cell) for name, cell in row.items()}


def _entry(first: dict[str, str], rows: list[dict[str, str]]) -> dict[str, Any] | Unreadable:
    entry: dict[str, Any] = {
        name: value or None for name, value in first.items() if not name.startswith(SPAN)
    }
    for name in ("queue", "decision", "followed", "stale", "created_at", "updated_at"):
        try:
            entry[name] = json.loads(first.get(name) or "null")
        except (ValueError, RecursionError) as error:
            return Unreadable(f"{name} is not right: {error}.")
    entry |= {"comment": first.get("comment", ""), "stale": bool(entry["stale"])}
    entry["spans"] = [
        {name.removeprefix(SPAN): cell for name, cell in row.items() if name.startswith(SPAN)}
        for row in rows
        if row.get(f"{SPAN}call")
    ]
    return entry
