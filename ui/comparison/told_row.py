"""The rows of a comparison as its own page tells them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from storage.traces import Traces
from ui.comparison.comparison import Comparison
from ui.comparison.difference import Difference, refinement
from ui.comparison.rows import Cell, Row
from ui.comparison.sides import AlignedSentence, Side, Sides, sides, texts
from ui.page_export.told_call import ENDLESS

TITLES = {
    "recruit": "Recruiting",
    "reason": "Reasoning",
    "critique": "Critiques",
    "review": "Feedback",
    "refine": "Refinements",
    "answer": "Answer",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text. `share` of the other texts say the same, and they differ in `contradiction`, where not None."""

    text: str
    share: float
    contradiction: str | None


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell with its text in stretches; `changed` says what a refinement changed, where it did."""

    cell: Cell
    stretches: tuple[Stretch, ...]
    changed: Difference

    @property
    def endless(self) -> int:
        """Characters of a text that is too long to be laid out before somebody wants it, else 0."""
        length = sum(len(stretch.text) for stretch in self.stretches)
        return length if length > ENDLESS else 0


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row with what its texts have in common."""

    row: Row
    cells: tuple[ToldCell | None, ...]
    contradictions: int
    equal: bool


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step, in one of its rounds."""

    title: str
    rows: tuple[ToldRow, ...]


def told_steps(traces: Traces, comparison: Comparison) -> list[ToldStep]:
    """All rows with their texts, step by step."""
    return [
        ToldStep(
            TITLES[step] + (f", round {number}" if number > 1 else ""),
            tuple(_told_row(traces, row) for row in some),
        )
        for (step, number), some in groupby(comparison.rows, lambda row: (row.key.step, row.key.round))
    ]


def _told_row(traces: Traces, row: Row) -> ToldRow:
    found = sides(texts(traces, row))
    written = [side.text for side in found.cells if side]
    return ToldRow(
        row=row,
        cells=tuple(
            ToldCell(cell, tuple(_stretches(found, side)), _changed(traces, row, place)) if cell else None
            for place, (cell, side) in enumerate(zip(row.cells, found.cells, strict=True))
        ),
        contradictions=sum(group.contradiction is not None for group in found.groups),
        equal=len(written) == len(row.cells) and len(set(written)) == 1,
    )


def _stretches(found: Sides, side: Side | None) -> Iterator[Stretch]:
    """The sentences, those beside each other together that nobody else has."""
    if side is None:
        return
    for group, some in groupby(side.sentences, lambda sentence: sentence.group):
        own = list(some)
        contradiction = found.groups[group].contradiction if group is not None else None
        yield Stretch(_between(side, own), own[0].share, contradiction)


def _between(side: Side, some: list[AlignedSentence]) -> str:
    return side.text[some[0].start : some[-1].end]


def _changed(traces: Traces, row: Row, place: int) -> Difference:
    cell = row.cells[place]
    call = cell.entry.call if cell else None
    if cell is None or call is None or not cell.refines or call.stood_by:
        return []
    found = refinement(traces, row, place)
    return found if any(one["kind"] != "same" for one in found) else []
