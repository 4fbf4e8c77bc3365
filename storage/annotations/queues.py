"""Queues of calls to judge: made, filled, listed and counted."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, literal, select
from sqlalchemy.dialects.sqlite import insert as insert_anew

from engine.errors import UserError
from storage.annotations.label_schema import LabelSchema
from storage.annotations.matching import matching
from storage.annotations.queue_records import Progress, Queue, QueueFilters, QueueItem
from storage.annotations.tables import AnnotationRow, ItemRow, QueueRow
from storage.errors import UnknownItem, UnknownQueue
from storage.schema import Run
from storage.text import storable
from storage.user import key_of

MOST_PER_ITEM = 20
TITLE_CHARACTERS = 200

deleted_runs = select(Run.number).where(Run.deleted_at.is_not(None))
"""The numbers of the runs that are shown nowhere; few, as they are purged after a day."""


def create(
    connection: Connection,
    now: float,
    *,
    title: str,
    filters: QueueFilters,
    schema: LabelSchema,
    per_item: int,
    annotators: Iterable[str],
    blind: bool,
    anonymous: bool,
    created_by: str,
) -> int:
    """Make a queue of the calls that match by now; its number. Raises UserError where a setting is not right."""
    title = storable(title).strip()
    if not 1 <= len(title) <= TITLE_CHARACTERS:
        raise UserError(f"A queue has a title of 1 to {TITLE_CHARACTERS} characters: give it another.")
    if not 1 <= per_item <= MOST_PER_ITEM:
        raise UserError(f"1 to {MOST_PER_ITEM} people can judge each item, not {per_item}.")
    named = tuple({key_of(name): storable(name).strip() for name in annotators}.values())
    if "" in named:
        raise UserError("An annotator has a name: take the empty one away.")
    if named and per_item > len(named):
        raise UserError(
            f"{per_item} people cannot judge each item where only {len(named)} may: name more, or ask for fewer."
        )
    row = {
        "id": f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}-{secrets.token_hex(3)}",
        "title": title,
        "filters": asdict(filters),
        "label_schema": schema.model_dump(mode="json"),
        "per_item": per_item,
        "annotators": list(named),
        "blind": blind,
        "anonymous": anonymous,
        "created_by": created_by,
        "created_at": now,
    }
    number = connection.execute(insert(QueueRow).values(row).returning(QueueRow.number)).scalar_one()
    fill(connection, number, filters, per_item)
    return number


def fill(connection: Connection, number: int, filters: QueueFilters, per_item: int) -> int:
    """Add the matching calls that queue `number` lacks, by run and then in the order they were asked; how many."""
    newest = select(
        func.coalesce(func.max(ItemRow.ordinal), -1), func.coalesce(func.max(ItemRow.position), -1)
    )
    ordinal, position = connection.execute(newest.where(ItemRow.queue == number)).one()
    calls = matching(filters).subquery()
    known = select(ItemRow.number).where(
        ItemRow.queue == number, ItemRow.run == calls.c.run, ItemRow.call == calls.c.name
    )
    place = func.row_number().over(order_by=(calls.c.run, calls.c.queued_seq))
    new = select(
        literal(number), place + ordinal, place + position, calls.c.run, calls.c.name, literal(per_item)
    ).where(~known.exists())
    columns = ["queue", "ordinal", "position", "run", "call", "remaining"]
    return connection.execute(insert_anew(ItemRow).from_select(columns, new)).rowcount


def number_of(connection: Connection, queue_id: str) -> int:
    """The number of the queue of that id. Raises UnknownQueue."""
    number = connection.scalar(select(QueueRow.number).where(QueueRow.id == queue_id))
    if number is None:
        raise UnknownQueue(queue_id)
    return number


def read(connection: Connection, number: int | None = None) -> tuple[Queue, ...]:
    """The queue of that number, or all of them, newest first."""
    rows: Select[Any] = select(QueueRow.__table__).order_by(QueueRow.number.desc())
    if number is not None:
        rows = rows.where(QueueRow.number == number)
    return tuple(_queue(connection, row) for row in connection.execute(rows))


def items(connection: Connection, number: int) -> tuple[QueueItem, ...]:
    """The items of a queue whose runs are kept, in order."""
    rows = connection.execute(_items().where(ItemRow.queue == number).order_by(ItemRow.ordinal))
    return tuple(QueueItem(*row) for row in rows)


def item(connection: Connection, number: int) -> QueueItem:
    """The item of that number. Raises UnknownItem."""
    row = connection.execute(_items().where(ItemRow.number == number)).one_or_none()
    if row is None:
        raise UnknownItem(number)
    return QueueItem(*row)


def history(connection: Connection, number: int, annotator: str) -> tuple[int, ...]:
    """The items of queue `number` that a person had in hand, the one they were given last first."""
    by = AnnotationRow.queue == number, AnnotationRow.annotator == annotator, AnnotationRow.kind == "human"
    had = select(ItemRow.number).join(AnnotationRow, AnnotationRow.item == ItemRow.number)
    had = had.where(*by, AnnotationRow.run.not_in(deleted_runs)).order_by(AnnotationRow.number.desc())
    return tuple(connection.scalars(had))


def progress(connection: Connection, number: int, annotator: str) -> Progress:
    """How far queue `number` is; counted from indexes alone."""
    kept = ItemRow.queue == number, ItemRow.run.not_in(deleted_runs)
    counts = select(func.count(), func.count().filter(ItemRow.remaining == 0), func.sum(ItemRow.remaining))
    total, done, remaining = connection.execute(counts.where(*kept)).one()
    own = AnnotationRow.queue == number, AnnotationRow.annotator == annotator, AnnotationRow.kind == "human"
    statuses = select(AnnotationRow.status, func.count().label("number")).where(
        *own, AnnotationRow.run.not_in(deleted_runs)
    )
    counted = connection.execute(statuses.group_by(AnnotationRow.status))
    mine: dict[str, int] = {row.status: row.number for row in counted}
    per_item = connection.execute(select(QueueRow.per_item).where(QueueRow.number == number)).scalar_one()
    wanted = total * per_item
    return Progress(
        done=done,
        skipped=mine.get("skipped", 0),
        mine=mine.get("done", 0),
        items=total,
        annotations_wanted=wanted,
        annotations_done=wanted - (remaining or 0),
    )


def _items() -> Select[Any]:
    columns: tuple[Any, ...] = (ItemRow.number, QueueRow.id, ItemRow.ordinal, Run.id, ItemRow.call)
    of = (
        select(*columns).join(QueueRow, QueueRow.number == ItemRow.queue).join(Run, Run.number == ItemRow.run)
    )
    return of.where(Run.deleted_at.is_(None))


def _queue(connection: Connection, row: Row[Any]) -> Queue:
    kept = ItemRow.queue == row.number, ItemRow.run.not_in(deleted_runs)
    return Queue(
        id=row.id,
        title=row.title,
        filters=filters_of(row.filters),
        schema=LabelSchema.model_validate(row.label_schema),
        per_item=row.per_item,
        annotators=tuple(row.annotators),
        blind=row.blind,
        anonymous=row.anonymous,
        created_by=row.created_by,
        created_at=row.created_at,
        closed_at=row.closed_at,
        items=connection.execute(select(func.count()).select_from(ItemRow).where(*kept)).scalar_one(),
    )


def filters_of(kept: dict[str, Any]) -> QueueFilters:
    """The filters as they were before they were kept as JSON."""
    return QueueFilters(**{**kept, "runs": tuple(kept["runs"])})
