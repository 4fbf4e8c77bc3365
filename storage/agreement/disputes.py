"""The items on which annotators disagree most."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from storage.agreement.table import all_labels, annotators, counted, disagreement, used_labels
from storage.annotations.records import Annotation


@dataclass(frozen=True, slots=True)
class Said:
    """What one annotator says of an item."""

    annotator: str
    kind: str
    model: str | None
    verdict: str | None
    followed: bool | None
    labels: tuple[str, ...]
    spans: int
    comment: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """An item that is not agreed upon. Disagreement is 1 - the share of pairs of annotators that agree, from 0 to 1.

    That of labels is the mean over the labels that anyone used on the item. `disagreement` is the mean of both,
    as far as they are defined.
    """

    item: int | None
    run: str
    call: str
    critic: str
    disagreement: float
    verdict_disagreement: float | None
    label_disagreement: float | None
    said: tuple[Said, ...]


def disputes(annotations: Iterable[Annotation]) -> tuple[Dispute, ...]:
    """The disputed items, the most disputed first; where all agree an item is left out."""
    table = counted(annotations)
    found = []
    for (run, call), row in table.items():
        given = [row[who] for who in annotators({(run, call): row})]
        of_verdict = disagreement([said.verdict for said in given if said.verdict is not None])
        used = [used_labels(said) for said in given]
        of_each = (
            disagreement([label in one for one in used]) for label in all_labels({(run, call): row}, ())
        )
        of_labels = [share for share in of_each if share is not None]
        of_label = fmean(of_labels) if of_labels else None
        defined = [share for share in (of_verdict, of_label) if share is not None]
        if any(defined):
            item = next((said.item for said in given if said.item is not None), None)
            told = tuple(map(_said, given))
            found.append(
                Dispute(item, run, call, given[0].critic, fmean(defined), of_verdict, of_label, told)
            )
    return tuple(sorted(found, key=lambda one: (-one.disagreement, one.item or 0, one.run, one.call)))


def _said(annotation: Annotation) -> Said:
    return Said(
        annotation.annotator,
        annotation.kind,
        annotation.model,
        annotation.verdict,
        annotation.followed,
        tuple(sorted(used_labels(annotation))),
        len(annotation.spans),
        annotation.comment,
    )
