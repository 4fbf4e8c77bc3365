"""Annotations as a table: who said what of which item."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from storage.agreement.figures import Annotator
from storage.annotations.records import Annotation

Item = tuple[str, str]
"""What is annotated: a run and a call of it."""

Table = Mapping[Item, Mapping[Annotator, Annotation]]
"""What each annotator says of each item."""


def counted(annotations: Iterable[Annotation]) -> Table:
    """The finished annotations whose texts are still the recorded ones; the newest where one judged an item twice."""
    table: dict[Item, dict[Annotator, Annotation]] = {}
    for annotation in sorted(annotations, key=lambda one: one.updated_at):
        if annotation.status == "done" and not annotation.stale:
            who = Annotator(annotation.annotator, annotation.kind, annotation.model)
            table.setdefault((annotation.run, annotation.call), {})[who] = annotation
    return table


def annotators(table: Table) -> list[Annotator]:
    """Everyone in the table: people first, then models, each in the order of the alphabet."""
    return sorted(
        {who for row in table.values() for who in row}, key=lambda who: (who.kind, who.name, who.model or "")
    )


def only(table: Table, kind: str) -> Table:
    """The table of the people, or of the models, alone."""
    return {item: {who: said for who, said in row.items() if who.kind == kind} for item, row in table.items()}


def used_labels(annotation: Annotation) -> frozenset[str]:
    """The labels of the annotation's spans."""
    return frozenset(span.label for span in annotation.spans)


def all_labels(table: Table, declared: Iterable[str]) -> tuple[str, ...]:
    """The declared labels, then those that annotations use although they are not declared."""
    used = {label for row in table.values() for said in row.values() for label in used_labels(said)}
    return tuple(dict.fromkeys((*declared, *sorted(used))))


def disagreement(values: Sequence[object]) -> float | None:
    """1 - the share of pairs of the values that are equal; None of fewer than two."""
    pairs = list(combinations(values, 2))
    return sum(one != other for one, other in pairs) / len(pairs) if pairs else None
