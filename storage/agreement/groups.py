"""The agreement within a group of annotators."""

from collections.abc import Mapping
from itertools import combinations

from storage.agreement.alpha import alpha
from storage.agreement.figures import Annotator, Figures, LabelAlpha, Pair
from storage.agreement.kappa import kappa
from storage.agreement.overlap import overlap
from storage.agreement.table import Table, annotators, used_labels


def figures(table: Table, labels: Mapping[str, str]) -> Figures:
    """The agreement of all in the table. `labels` has each label's title."""
    rows = [list(row.values()) for row in table.values()]
    used = {label: [[label in used_labels(said) for said in row] for row in rows] for label in labels}
    return Figures(
        verdict=alpha([[said.verdict for said in row if said.verdict is not None] for row in rows]),
        followed=alpha([[said.followed for said in row if said.followed is not None] for row in rows]),
        labels=alpha([unit for units in used.values() for unit in units]),
        by_label=tuple(
            LabelAlpha(label, title, sum(map(sum, used[label])), alpha(used[label]))
            for label, title in labels.items()
        ),
        pairs=tuple(_pair(table, *both, labels) for both in combinations(annotators(table), 2)),
    )


def _pair(table: Table, first: Annotator, second: Annotator, labels: Mapping[str, str]) -> Pair:
    both = [(row[first], row[second]) for row in table.values() if first in row and second in row]
    verdicts = [
        (one.verdict, other.verdict)
        for one, other in both
        if one.verdict is not None and other.verdict is not None
    ]
    used = [
        (label in used_labels(one), label in used_labels(other)) for label in labels for one, other in both
    ]
    return Pair(first.name, second.name, len(both), kappa(verdicts), kappa(used), overlap(both, labels))
