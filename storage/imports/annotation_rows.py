"""The rows that an annotation from a file becomes."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from storage.annotations.checking import checked, text_hash
from storage.annotations.holding import count
from storage.annotations.label_schema import LabelSchema
from storage.annotations.related import Related
from storage.annotations.tables import AnnotationRow, DecisionRow, ItemRow, QueueRow
from storage.imports.annotation_line import AnnotationLine, DecisionLine, Judged, QueueLine
from storage.imports.json_line import Unreadable


@dataclass(frozen=True, slots=True)
class Place:
    """Where an annotation belongs: numbers of its run, queue and item, the calls it is about, the labels it can use."""

    run: int
    queue: int | None
    item: int | None
    calls: Related
    labels: Collection[str] | None


def queue_item(connection: Connection, line: QueueLine, run: int, call: str) -> tuple[int, int]:
    """The numbers of the queue and its item for the call; both are made where they are not there yet."""
    kept = connection.execute(
        select(QueueRow.number, QueueRow.label_schema, QueueRow.per_item).where(QueueRow.id == line.id)
    ).one_or_none()
    if kept is None:
        row = line.model_dump(mode="json", exclude={"filters"}) | {"filters": asdict(line.filters)}
        made = insert(QueueRow).values(row).returning(QueueRow.number)
        queue, per_item = connection.execute(made).scalar_one(), line.per_item
    elif LabelSchema.model_validate(kept.label_schema) != line.label_schema:
        raise Unreadable(f"The queue {line.id} has other labels here.")
    else:
        queue, per_item = kept.number, kept.per_item
    there = ItemRow.queue == queue, ItemRow.run == run, ItemRow.call == call
    item = connection.scalar(select(ItemRow.number).where(*there))
    if item is None:
        last = select(func.max(ItemRow.ordinal), func.max(ItemRow.position)).where(ItemRow.queue == queue)
        ordinal, position = (-1 if one is None else one for one in connection.execute(last).one())
        place = {"ordinal": ordinal + 1, "position": position + 1, "remaining": per_item}
        row = {"queue": queue, "run": run, "call": call, **place}
        item = connection.execute(insert(ItemRow).values(row).returning(ItemRow.number)).scalar_one()
    return queue, item


def put_annotation(connection: Connection, place: Place, line: AnnotationLine) -> bool:
    """Keep an annotation; whether it was not there yet. Raises Unreadable where the annotator has another one here."""
    values = _values(place, line)
    who = {"annotator": line.annotator, "kind": line.kind}
    about = {"queue": place.queue, "item": place.item, "run": place.run, "call": line.call}
    same = (getattr(AnnotationRow, name).is_not_distinct_from(value) for name, value in (about | who).items())
    kept = connection.execute(select(AnnotationRow).where(*same)).first()
    if kept is not None:
        if kept.status == "done" and all(getattr(kept, name) == value for name, value in values.items()):
            return False
        raise Unreadable(f"What {line.annotator} says of {line.call} here is something else, and stays.")
    row = {
        **about,
        **who,
        **values,
        "model": line.model,
        "status": "done",
        "text_hash": line.text_hash,
        "revision": 0,
        "held_until": 0.0,
        "created_at": line.created_at,
        "updated_at": line.updated_at,
    }
    connection.execute(insert(AnnotationRow).values(row))
    if place.item is not None:
        count(connection, place.item)
    return True


def put_decision(connection: Connection, place: Place, line: DecisionLine) -> None:
    """Keep a decision about an item where there is none yet. Raises Unreadable where there is another one."""
    values = _values(place, line)
    kept = connection.execute(select(DecisionRow).where(DecisionRow.item == place.item)).one_or_none()
    if kept is None:
        row = {"item": place.item, "by": line.by, "at": line.at, **values}
        connection.execute(insert(DecisionRow).values(row))
    elif any(getattr(kept, name) != value for name, value in values.items()):
        raise Unreadable(f"{kept.by} decided otherwise here, and that stays.")


def _values(place: Place, said: Judged) -> dict[str, Any]:
    """What was said as columns, where the marked parts are still those of the recorded texts. Raises Unreadable."""
    values = checked(said.judgement, place.calls, place.labels, finished=True)
    hashes = {call.name: text_hash(call.text) for _, call in place.calls.roles()}
    for span, kept in zip(said.spans, values["spans"], strict=True):
        if span.text_hash != hashes.get(span.call) or span.quote != kept["quote"]:
            raise Unreadable(
                f"The text of {span.call} is not the one in which {span.quote[:40]!r} was marked."
            )
    return values
