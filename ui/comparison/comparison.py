"""Two to four runs, or experts' traces, beside each other."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storage.traces import Traces
from ui.comparison.column import Column, column
from ui.comparison.column_name import ColumnName
from ui.comparison.errors import UnknownExpert, UnknownRow
from ui.comparison.posed import Posed, posed
from ui.comparison.rows import Row, rows
from ui.comparison.trace import trace


@dataclass(frozen=True, slots=True)
class Comparison:
    """The columns with their heads, and the rows; the texts are apart."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def row(self, id: str) -> Row:
        """The row of that name. Raises UnknownRow."""
        for row in self.rows:
            if row.key.id == id:
                return row
        raise UnknownRow(id)

    @property
    def questions(self) -> list[Posed]:
        """What the runs answer."""
        return posed([one.trace.run for one in self.columns])

    def as_json(self) -> dict[str, Any]:
        """All but the texts, as plain data."""
        traces = {one.name.run: one.trace for one in self.columns}
        return {
            "columns": [one.as_json() for one in self.columns],
            "rows": [row.as_json() for row in self.rows],
            "people": {run: {one.expert: asdict(one) for one in told.people} for run, told in traces.items()},
            "same_question": len(self.questions) == 1,
            "questions": [asdict(one) for one in self.questions],
        }


def compare(traces: Traces, names: Sequence[ColumnName]) -> Comparison:
    """The comparison of these columns. Raises UnknownRun and UnknownExpert."""
    read = {run: trace(traces, run) for run in dict.fromkeys(name.run for name in names)}
    for name in names:
        if name.expert is not None and name.expert not in read[name.run].experts:
            raise UnknownExpert(name.run, name.expert)
    columns = [(name, read[name.run]) for name in names]
    return Comparison(tuple(column(*one) for one in columns), tuple(rows(columns)))
