"""Questions in a CSV file: a column for each field of a question, named in the first line."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

SEPARATOR = "|"


def rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows as the fields of a question; empty cells are left out.

    `choices` are a JSON list, or stand between vertical bars.
    """
    for row in csv.DictReader(lines):
        fields: dict[str, Any] = {
            name.strip().lower(): cell
            for name, cell in row.items()
            if isinstance(name, str) and isinstance(cell, str) and cell.strip()
        }
        if "choices" in fields:
            fields["choices"] = _choices(fields["choices"])
        yield fields


def _choices(cell: str) -> list[Any]:
    if cell.lstrip().startswith("["):
        try:
            listed = json.loads(cell)
        except ValueError:
            listed = None
        if isinstance(listed, list):
            return [str(choice) for choice in listed]
    return [choice.strip() for choice in cell.split(SEPARATOR)]
