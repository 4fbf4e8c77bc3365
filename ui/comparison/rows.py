"""The rows of a comparison: what stands beside what."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ui.comparison.column_name import ColumnName
from ui.comparison.entry import Entry, entries
from ui.comparison.person import Person
from ui.comparison.row_key import Key
from ui.comparison.seating import seating
from ui.comparison.trace import Trace

_PLAIN = {"critique": "critique", "critiqued": "critique received"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One column's part of a row."""

    entry: Entry
    trace: Trace

    @property
    def written(self) -> bool:
        """Whether the cell has a text."""
        return not self.entry.facts

    @property
    def refines(self) -> bool:
        """Whether it is known what its text was refined from."""
        return self.entry.call is not None and self.trace.refines(self.entry.call)

    @property
    def status(self) -> str | None:
        """How far its text came: as in CallOutline, but interrupted where nobody writes it any more; None of facts."""
        call, run = self.entry.call, self.trace.run
        if call is None:
            return run.status if self.written else None
        left = call.outline.status in ("queued", "running") and run.status != "running"
        return "interrupted" if left else call.outline.status

    def as_json(self) -> dict[str, Any]:
        """The cell as plain data; texts are asked for apart."""
        entry, call, run = self.entry, self.entry.call, self.trace.run
        who, outline = entry.who, call.outline if call else None
        own = outline or (run if self.written else None)  # an answer that no call wrote is the run's
        return {
            "call": outline.name if outline else None,
            "expert": who.expert if who else None,
            "title": who.title if who else None,
            "place": who.place if who else -1,
            "about": asdict(entry.about) if entry.about else None,
            "label": entry.label,
            "characters": outline.characters if outline else len(run.text or "") if self.written else 0,
            "tokens": outline.tokens if outline else None,
            "status": self.status,
            "answer": own.answer if own else None,
            "correct": own.correct if own else None,
            "verdict": outline.verdict if outline else None,
            "stood_by": bool(call and call.stood_by),
            "chosen": call.chosen if call else None,
            "refines": self.refines,
            "facts": [asdict(fact) for fact in entry.facts] if entry.facts else None,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one line: a cell for each column, None where a column has nothing there.

    `of_runs` says whether whole runs are compared, in which several experts do the same.
    """

    key: Key
    cells: tuple[Cell | None, ...]
    of_runs: bool

    @property
    def label(self) -> str:
        """What the row holds, in words; without a name where the cells differ in whom they are about."""
        labels = {cell.entry.label for cell in self.cells if cell}
        return labels.pop() if len(labels) == 1 else _PLAIN.get(self.key.kind, min(labels, key=len))

    @property
    def title(self) -> str:
        """The label, with who wrote it where that tells it from other rows."""
        return f"{self.label} \N{MIDDLE DOT} {self.who.title}" if self.of_runs and self.who else self.label

    @property
    def who(self) -> Person | None:
        """Who wrote it, where that is the same expert in all columns."""
        return _common([cell.entry.who for cell in self.cells if cell])

    @property
    def about(self) -> Person | None:
        """Whose text it is about, where that is the same expert in all columns."""
        return _common([cell.entry.about for cell in self.cells if cell])

    def as_json(self) -> dict[str, Any]:
        """The row as plain data, without texts."""
        return {
            "id": self.key.id,
            "step": self.key.step,
            "round": self.key.round,
            "label": self.label,
            "title": self.title,
            "who": asdict(self.who) if self.who else None,
            "about": asdict(self.about) if self.about else None,
            "cells": [cell.as_json() if cell else None for cell in self.cells],
        }


def rows(columns: Sequence[tuple[ColumnName, Trace]]) -> list[Row]:
    """The rows of these columns, in the order of the steps."""
    only_traces = all(name.expert is not None for name, _ in columns)
    held = [
        entries(name, trace, seats, only_traces=only_traces)
        for (name, trace), seats in zip(columns, seating(columns), strict=True)
    ]
    keys = sorted({key for entry in held for key in entry}, key=lambda key: key.order)
    return [
        Row(
            key,
            tuple(
                Cell(found[key], trace) if key in found else None
                for found, (_, trace) in zip(held, columns, strict=True)
            ),
            of_runs=not only_traces,
        )
        for key in keys
    ]


def _common(people: list[Person | None]) -> Person | None:
    names = {person.expert if person else None for person in people}
    return people[0] if len(names) == 1 else None
