"""Which experts stand beside each other: those of one seat, in whichever column they speak."""

from collections.abc import Sequence

from ui.comparison.column_name import ColumnName
from ui.comparison.trace import Trace


def seating(columns: Sequence[tuple[ColumnName, Trace]]) -> list[dict[str, int]]:
    """The seat of each expert that took part, from 0, for each of the columns.

    An expert has the same seat in every run. Experts of runs that share none are seated by their rank. The experts
    whose traces are compared all have seat 0; beside a whole run an expert that the run does not have takes it.
    """
    only_traces = all(name.expert is not None for name, _ in columns)
    named: dict[str, int] = {}
    free = int(only_traces)
    seated: dict[int, dict[str, int]] = {}
    met: set[str] = set()
    for place in sorted(range(len(columns)), key=lambda place: columns[place][0].expert is not None):
        name, trace = columns[place]
        own = name.expert
        others = [expert for expert in trace.experts if expert != own]
        everyone = {*others, own} if own else set(others)
        known = not met or bool(met & everyone)
        seats: dict[str, int] = {}
        if own is not None:
            seats[own] = 0 if only_traces or not known else named.get(own, 0)
        for rank, expert in enumerate(others, int(own is not None)):
            if known:
                seats[expert] = named.setdefault(expert, free)
            else:
                seats[expert] = rank
            free = max(free, seats[expert] + 1)
        met |= everyone
        seated[place] = seats
    return [seated[place] for place in range(len(columns))]
