"""All that is known of the agreement over a queue."""

from collections.abc import Iterable

from storage.agreement.figures import Agreement, AnnotatorCount
from storage.agreement.groups import figures
from storage.agreement.judges import against_people
from storage.agreement.table import all_labels, annotators, counted, only
from storage.annotations.label_schema import Label
from storage.annotations.records import Annotation


def agreement(annotations: Iterable[Annotation], labels: Iterable[Label]) -> Agreement:
    """The agreement over annotations that were made with those labels; drafts and skipped items do not count."""
    given = [annotation for annotation in annotations if annotation.status == "done"]
    table = counted(given)
    titles = {label.name: label.title for label in labels}
    titles = {label: titles.get(label, label) for label in all_labels(table, titles)}
    everyone = annotators(table)
    judges = [who for who in everyone if who.kind == "model"]
    return Agreement(
        items=len(table),
        shared=sum(len(row) > 1 for row in table.values()),
        annotations=sum(map(len, table.values())),
        stale=sum(annotation.stale for annotation in given),
        annotators=tuple(
            AnnotatorCount(who.name, who.kind, who.model, sum(who in row for row in table.values()))
            for who in everyone
        ),
        everyone=figures(table, titles),
        people=figures(only(table, "human"), titles) if judges else None,
        judges=tuple(against_people(table, judge, titles) for judge in judges),
    )
