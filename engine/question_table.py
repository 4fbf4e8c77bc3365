"""Questions in a CSV file: a column for each field of a question, named in the first line."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic_core import from_json

SEPARATOR = "|"

LONGEST_CELL = 2**31 - 1
"""Characters: a cell may hold a whole document. The most that the library takes on every platform."""


def rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows as the fields of a question; empty cells are left out.

    `choices` are a JSON list, or stand between vertical bars, with or without those around all of them.
    Raises csv.Error where the lines are no such table.
    """
    csv.field_size_limit(LONGEST_CELL)  # the whole process's: it is raised only where such a file is read
    # Strict, lest a quote that is not closed take all that follows for its cell.
    table = csv.DictReader(lines, strict=True)
    if table.fieldnames is not None:
        table.fieldnames = _columns(table.fieldnames)
    for row in table:
        if any(cell.strip() for cell in row.pop(None, [])):
            raise csv.Error(
                f"line {table.line_num} has more cells than there are columns; quote a cell with a comma in it"
            )
        fields: dict[str, Any] = {name: cell for name, cell in row.items() if cell and cell.strip()}
        if "choices" in fields:
            fields["choices"] = _choices(fields["choices"])
        yield fields


def _columns(first: Sequence[str]) -> list[str]:
    names = [name.strip().lower() for name in first]
    if not {"question", "draft"} & set(names):
        raise csv.Error(
            "there is no column 'question'; name the columns in the first line, with commas between them "
            f"(it has {', '.join(map(repr, names))[:200] or 'none'})"
        )
    return names


def _choices(cell: str) -> list[Any]:
    if cell.lstrip().startswith("["):
        try:
            listed = from_json(cell)
        except ValueError:
            listed = None
        if isinstance(listed, list):
            return [str(choice) for choice in listed]
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == SEPARATOR:
        cell = cell[1:-1]
    return [choice.strip() for choice in cell.split(SEPARATOR)]
