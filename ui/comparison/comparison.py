"""Two to four runs, or experts' traces, beside each other."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storage.traces import Traces
from ui.comparison.column import Column, column
from ui.comparison.column_name import ColumnName
from ui.comparison.errors import UnknownExpert, UnknownRow
from ui.comparison.rows import Row, rows
from ui.comparison.trace import Trace, trace


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
    def questions(self) -> dict[str, list[str]]:
        """The runs by the question that they answer."""
        found: dict[str, list[str]] = {}
        for one in self.columns:
            runs = found.setdefault(one.trace.run.question, [])
            if one.name.run not in runs:
                runs.append(one.name.run)
        return found

    def as_json(self) -> dict[str, Any]:
        """All but the texts, as plain data."""
        traces = {one.name.run: one.trace for one in self.columns}
        return {
            "columns": [one.as_json() for one in self.columns],
            "rows": [row.as_json() for row in self.rows],
            "people": {run: _people(one) for run, one in traces.items()},
            "same_question": len(self.questions) == 1,
            "questions": [{"question": question, "runs": runs} for question, runs in self.questions.items()],
        }


def compare(traces: Traces, names: Sequence[ColumnName]) -> Comparison:
    """The comparison of these columns. Raises UnknownRun and UnknownExpert."""
    read = {run: trace(traces, run) for run in dict.fromkeys(name.run for name in names)}
    for name in names:
        if name.expert is not None and name.expert not in read[name.run].experts:
            raise UnknownExpert(name.run, name.expert)
    columns = [(name, read[name.run]) for name in names]
    return Comparison(tuple(column(*one) for one in columns), tuple(rows(columns)))


def _people(run: Trace) -> dict[str, dict[str, Any]]:
    experts = {expert["name"] for expert in run.run.pool_experts} | set(run.experts)
    return {name: asdict(run.person(name)) for name in sorted(experts)}
