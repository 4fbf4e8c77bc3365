"""What a column of a comparison is called: a run, or an expert's trace in a run."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.comparison.errors import ColumnsUnfit

FEWEST, MOST = 2, 4
_SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A whole run, or, where there is an `expert`, its trace in the run. In words: `RUN` or `RUN~EXPERT`."""

    run: str
    expert: str | None = None

    @classmethod
    def read(cls, name: str) -> "ColumnName":
        """The column of that name."""
        run, _, expert = name.partition(_SEPARATOR)
        return cls(run, expert or None)

    def __str__(self) -> str:
        return self.run if self.expert is None else f"{self.run}{_SEPARATOR}{self.expert}"


def column_names(asked: Sequence[str], fewest: int = FEWEST) -> list[ColumnName]:
    """The columns that are asked for, in order.

    Raises ColumnsUnfit where they are fewer than `fewest`, more than four, or one comes twice.
    """
    if not fewest <= len(asked) <= MOST:
        raise ColumnsUnfit(f"{len(asked)} columns cannot be compared: choose {fewest} to {MOST}.")
    names = [ColumnName.read(name) for name in asked]
    if len(set(names)) < len(names):
        raise ColumnsUnfit("A column is there twice: choose another one to compare it with.")
    return names
