"""What holds of each critique that was judged."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from storage.annotations.records import Annotation

RANK = {"helpful": 2, "harmless": 1, "harmful": 0}
"""Verdicts from best to worst."""


def verdicts(annotations: Iterable[Annotation], decided: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The verdict on each judged call of a run, and whether a decision or the majority of annotators gave it.

    `decided` has the decisions' verdicts by call: they hold whatever annotators say. Where as many say one thing as
    another there is no verdict. Annotations of a text that has changed since do not count.
    """
    said = defaultdict[str, Counter[str]](Counter)
    for annotation in annotations:
        if annotation.verdict is not None and not annotation.stale:
            said[annotation.call][annotation.verdict] += 1
    found = {}
    for call, counts in said.items():
        ranked = counts.most_common(2)
        if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
            found[call] = ranked[0][0], "majority"
    return found | {call: (verdict, "decision") for call, verdict in decided.items()}
