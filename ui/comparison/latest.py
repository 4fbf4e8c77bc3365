"""The comparisons that were asked for last."""

from collections import deque
from collections.abc import Sequence

from storage.traces import Traces
from ui.comparison.column_name import ColumnName
from ui.comparison.comparison import Comparison, compare

_KEPT = 4
_OPEN = ("running", "interrupted")


class LatestComparisons:
    """Compares columns, and keeps what was found of runs that are over: a page asks for row after row of the same.

    What is kept holds as long as the runs' records are what they were; so deleted runs are not found any more.
    """

    def __init__(self, traces: Traces) -> None:
        self._traces = traces
        self._kept: deque[Comparison] = deque(maxlen=_KEPT)

    def of(self, names: Sequence[ColumnName]) -> Comparison:
        """The comparison of these columns. Raises UnknownRun and UnknownExpert."""
        for kept in tuple(self._kept):
            if [column.name for column in kept.columns] == list(names) and self._holds(kept):
                return kept
        found = compare(self._traces, names)
        if not any(column.trace.run.status in _OPEN for column in found.columns):
            self._kept.append(found)
        return found

    def _holds(self, kept: Comparison) -> bool:
        runs = {column.name.run: column.trace.run for column in kept.columns}
        return all(self._traces.run(name) == run for name, run in runs.items())
