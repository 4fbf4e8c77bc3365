"""A queue as a file, and a file of annotations as entries, in each of the formats."""

import json
from collections.abc import Iterator
from typing import Literal, TextIO

from storage.annotation_files import csv, jsonl
from storage.annotation_files.entries import Entries
from storage.annotation_files.jsonl import Line
from storage.annotations.annotations import Annotations
from storage.preferences import preference_pairs
from storage.traces import Traces

Format = Literal["jsonl", "csv", "dpo"]


def written(
    traces: Traces, annotations: Annotations, queue_id: str, form: Format, *, voted: bool = False
) -> Iterator[str]:
    """The text of the file in parts: finished annotations, or preference pairs (dpo) as JSON Lines.

    `voted` as in `preference_pairs`. Raises UnknownQueue.
    """
    if form == "dpo":
        for pair in preference_pairs(traces, annotations, queue_id, voted=voted):
            yield json.dumps(pair, ensure_ascii=False) + "\n"
    else:
        entries = Entries(traces, annotations).of_queue(queue_id)
        yield from csv.written(entries) if form == "csv" else jsonl.written(entries)


def read(file: TextIO, form: Literal["jsonl", "csv"]) -> Iterator[Line]:
    """The entries of a file, which was opened without translation of line breaks, as they are in quoted cells."""
    return csv.read(file) if form == "csv" else jsonl.read(file)
