"""The texts of one row, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storage.traces import Traces
from ui.comparison.alignment import Group, align
from ui.comparison.rows import Cell, Row
from ui.comparison.sentences import spans
from ui.page_export.checked_text import rewritten_sentences


@dataclass(frozen=True, slots=True)
class AlignedSentence:
    """A sentence by the code points of its side's text; `group` is its counterparts' place among the groups.

    `share` says how many of the other texts of the row have a counterpart, from 0 to 1.
    """

    start: int
    end: int
    group: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Side:
    """One cell's text and its sentences, which are the whole text."""

    text: str
    sentences: tuple[AlignedSentence, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """A row's texts, None where a cell has none, and what their sentences have to do with each other."""

    cells: tuple[Side | None, ...]
    groups: tuple[Group, ...]

    def as_json(self) -> dict[str, Any]:
        """The sides as plain data."""
        groups = [{"id": number, **asdict(group)} for number, group in enumerate(self.groups)]
        return {"cells": [asdict(cell) if cell else None for cell in self.cells], "groups": groups}


def texts(traces: Traces, row: Row) -> list[str | None]:
    """What is written in the cells of a row, None where a cell has no text.

    It is as it was recorded, but for rewrites that are recorded as sentences by name: of the one that stands the whole
    text is given, of the others their sentences.
    """
    return [_text(traces, cell) if cell and cell.written else None for cell in row.cells]


def sides(written: Sequence[str | None]) -> Sides:
    """The texts of a row, their sentences aligned."""
    found = [spans(text) if text is not None else [] for text in written]
    aligned = align(
        [[(text or "")[start:end] for start, end in some] for text, some in zip(written, found, strict=True)]
    )
    group_of = {member: place for place, group in enumerate(aligned) for member in group.members}
    others = sum(text is not None for text in written) - 1

    def sentence(column: int, number: int, span: tuple[int, int]) -> AlignedSentence:
        group = group_of.get((column, number))
        counterparts = 0 if group is None else len(aligned[group].members) - 1
        return AlignedSentence(*span, group, counterparts / others if others else 0.0)

    return Sides(
        tuple(
            None
            if text is None
            else Side(text, tuple(sentence(column, number, span) for number, span in enumerate(some)))
            for column, (text, some) in enumerate(zip(written, found, strict=True))
        ),
        tuple(aligned),
    )


def _text(traces: Traces, cell: Cell) -> str:
    call, run = cell.entry.call, cell.trace.run
    if call is None:
        return run.text or ""
    name = call.outline.name
    if rewritten := cell.trace.rewritten.get(name):
        _, after = rewritten
        return after
    text = traces.texts(run.id, [name], unfinished=True).get(name, "")
    named = rewritten_sentences(text) if call.outline.step == "refine" and "detect" in run.steps else []
    return "\n".join(f"Sentence {number}: {sentence}" for number, sentence in named) or text
