"""What differs between two texts of a row, or between a text and its refinement, word by word."""

from engine.answers import visible
from storage.traces import Traces
from ui.changes import changes
from ui.comparison.errors import NothingToCompare
from ui.comparison.rows import Row
from ui.comparison.sides import texts

_KINDS = {"kept": "same", "added": "added", "removed": "removed"}

Difference = list[dict[str, str]]
"""Stretches, each: kind (same, added, removed), text."""


def difference(traces: Traces, row: Row, left: int, right: int) -> Difference:
    """What differs between the texts of two columns. Raises NothingToCompare where one of them has none."""
    written = texts(traces, row)
    sides = [written[place] if place < len(written) else None for place in (left, right)]
    if sides[0] is None or sides[1] is None:
        raise NothingToCompare("One of these columns has no text in this row: choose another.")
    return _between(sides[0], sides[1])


def refinement(traces: Traces, row: Row, at: int) -> Difference:
    """What a refinement changed in the text before; all of that is the same where it only stands by it.

    Raises NothingToCompare where the column has no refinement in this row.
    """
    cell = row.cells[at] if at < len(row.cells) else None
    call = cell.entry.call if cell else None
    if cell is None or call is None or not cell.refines:
        raise NothingToCompare("This column has no refinement in this row: choose another.")
    if rewritten := cell.trace.rewritten.get(call.outline.name):
        return _between(*rewritten)
    names = (call.outline.target or "", call.outline.name)
    found = traces.texts(cell.trace.run.id, names, unfinished=True)
    before, after = (visible(found.get(name, "")) for name in names)
    return _between(before, before if call.stood_by else after)


def _between(before: str, after: str) -> Difference:
    return [{"kind": _KINDS[change.operation], "text": change.text} for change in changes(before, after)]
