"""Annotations as JSON Lines: one entry on each line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from storage.imports.json_line import Unreadable, read_line

Line = tuple[int, dict[str, Any] | Unreadable]
"""Where an entry stands in its file, from 1, and the entry or why it cannot be read."""


def written(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A line for each entry, with its line break."""
    for entry in entries:
        yield json.dumps(entry, ensure_ascii=False) + "\n"


def read(lines: Iterable[str]) -> Iterator[Line]:
    """The entries of a file, as far as they can be read."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield number, read_line(line)
            except Unreadable as error:
                yield number, error
