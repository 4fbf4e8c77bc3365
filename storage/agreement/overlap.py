"""How much of what two annotators marked is the same."""

from collections.abc import Iterable, Sequence
from statistics import fmean

from storage.agreement.figures import LabelOverlap, Overlap
from storage.agreement.table import used_labels
from storage.annotations.records import Annotation, Span

Marked = set[tuple[str, int]]
"""Characters: the call whose text they are in, and the code point."""


def overlap(pairs: Sequence[tuple[Annotation, Annotation]], labels: Iterable[str]) -> Overlap:
    """The mean over items of the F1 by character, whatever the label, and for each label alone.

    Where neither marked anything they agree: 1. A label alone counts only over the items where either used it,
    as one that is seldom used would otherwise seem to be agreed upon.
    """
    by_label = []
    for label in labels:
        both = [pair for pair in pairs if any(label in used_labels(one) for one in pair)]
        scores = [_f1(_marked(one.spans, label), _marked(other.spans, label)) for one, other in both]
        by_label.append(LabelOverlap(label, fmean(scores) if scores else None, len(both)))
    if not pairs:
        return Overlap(None, 0, tuple(by_label), "There is nothing that both have judged.")
    f1 = fmean(_f1(_marked(one.spans), _marked(other.spans)) for one, other in pairs)
    return Overlap(f1, len(pairs), tuple(by_label))


def _marked(spans: Iterable[Span], label: str | None = None) -> Marked:
    return {
        (span.call, at)
        for span in spans
        if label is None or span.label == label
        for at in range(span.start, span.end)
    }


def _f1(one: Marked, other: Marked) -> float:
    """2 |A ∩ B| / (|A| + |B|); 1 where both are empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
