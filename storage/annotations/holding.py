"""Handing out items: each is in as many people's hands as it wants, and in nobody else's."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, insert, select, text, update
from sqlalchemy.orm import aliased

from storage.annotations.checking import text_hash
from storage.annotations.queues import deleted_runs
from storage.annotations.related import related
from storage.annotations.tables import AnnotationRow, ItemRow, QueueRow
from storage.errors import ItemTaken, NotAnAnnotator, QueueClosed, UnknownItem
from storage.schema import WRITTEN, Call
from storage.user import key_of

LEASE_SECONDS = 600.0
"""How long an item stays in somebody's hands who does nothing."""

# In the words of the index, by which SQLite knows it.
_WAITING = text("remaining > 0")


def next_item(connection: Connection, queue: int, annotator: str, now: float) -> int | None:
    """Put the next item of a queue into the annotator's hands; its number, None where there is none.

    First what they began; then what they neither judged nor skipped, after the last one they did and, where there is
    none, before it. Raises NotAnAnnotator.
    """
    settings = connection.execute(select(QueueRow).where(QueueRow.number == queue)).one()
    _admit(settings, annotator)
    by = AnnotationRow.annotator == annotator, AnnotationRow.kind == "human"
    free = ItemRow.run.not_in(deleted_runs), _written(), _is_free(annotator, now)
    begun = select(ItemRow.number).join(AnnotationRow, AnnotationRow.item == ItemRow.number)
    begun = (
        begun.where(AnnotationRow.queue == queue, *by, AnnotationRow.status == "draft", *free)
        .order_by(ItemRow.position)
        .limit(1)
    )
    found = connection.scalar(begun)
    if found is None and settings.closed_at is None:
        touched = exists().where(AnnotationRow.item == ItemRow.number, *by)
        waiting = select(ItemRow.number).where(ItemRow.queue == queue, _WAITING, ~touched, *free)
        waiting = waiting.order_by(ItemRow.position).limit(1)
        # Most of what comes before the last one they did is theirs, and need not be looked through each time.
        last = select(ItemRow.position).join(AnnotationRow, AnnotationRow.item == ItemRow.number)
        last = last.where(AnnotationRow.queue == queue, *by, AnnotationRow.status == "done")
        reached = connection.scalar(last.order_by(AnnotationRow.updated_at.desc()).limit(1))
        if reached is not None:
            found = connection.scalar(waiting.where(ItemRow.position > reached))
        if found is None:
            found = connection.scalar(waiting)
    if found is not None:
        hold(connection, found, annotator, now)
    return found


def hold(connection: Connection, item: int, annotator: str, now: float) -> int:
    """Put an item into the annotator's hands, or keep it there; the number of their annotation.

    One that is done stays as it is; a skipped one becomes a draft again. Raises UnknownItem, NotAnAnnotator,
    ItemTaken, and QueueClosed where they have not begun it.
    """
    wanted = select(ItemRow.queue, ItemRow.run, ItemRow.call, ItemRow.remaining)
    found = connection.execute(
        wanted.where(ItemRow.number == item, ItemRow.run.not_in(deleted_runs))
    ).one_or_none()
    if found is None:
        raise UnknownItem(item)
    settings = connection.execute(select(QueueRow).where(QueueRow.number == found.queue)).one()
    _admit(settings, annotator)
    begun = own(connection, item, annotator)
    if begun and begun.status == "done":
        return int(begun.number)
    if begun is None and settings.closed_at is not None:
        raise QueueClosed(settings.title)
    if not connection.scalar(select(_is_free(annotator, now)).where(ItemRow.number == item)):
        raise ItemTaken(item, done=found.remaining == 0)
    held = {"status": "draft", "held_until": now + LEASE_SECONDS}
    if begun:
        connection.execute(update(AnnotationRow).where(AnnotationRow.number == begun.number).values(held))
        return int(begun.number)
    about = {"queue": found.queue, "item": item, "run": found.run, "call": found.call}
    hashed = text_hash(related(connection, found.run, found.call).critique.text)
    new = {
        **about,
        "annotator": annotator,
        "kind": "human",
        "comment": "",
        "spans": [],
        "text_hash": hashed,
        "revision": 0,
        "created_at": now,
        "updated_at": now,
        **held,
    }
    return connection.execute(insert(AnnotationRow).values(new).returning(AnnotationRow.number)).scalar_one()


def renew(connection: Connection, item: int, annotator: str, now: float) -> None:
    """Keep an item in the annotator's hands; one that they skipped stays skipped. Raises what `hold` raises."""
    begun = own(connection, item, annotator)
    if begun is None or begun.status != "skipped":
        hold(connection, item, annotator, now)


def own(connection: Connection, item: int, annotator: str) -> Row[Any] | None:
    """What a person made of an item: number, status and revision."""
    columns: tuple[Any, ...] = (AnnotationRow.number, AnnotationRow.status, AnnotationRow.revision)
    kept = select(*columns).where(
        AnnotationRow.item == item, AnnotationRow.annotator == annotator, AnnotationRow.kind == "human"
    )
    return connection.execute(kept).one_or_none()


def put_last(connection: Connection, item: int) -> None:
    """Hand the item out after all others of its queue."""
    queue = select(ItemRow.queue).where(ItemRow.number == item).scalar_subquery()
    others = aliased(ItemRow)
    last = select(func.max(others.position)).where(others.queue == queue, _WAITING)
    change = update(ItemRow).where(ItemRow.number == item)
    connection.execute(change.values(position=func.coalesce(last.scalar_subquery(), ItemRow.position) + 1))


def count(connection: Connection, item: int) -> None:
    """Bring what an item still wants up to what people have done, of whom files may bring more than were wanted."""
    done = select(func.count()).where(
        AnnotationRow.item == item, AnnotationRow.kind == "human", AnnotationRow.status == "done"
    )
    per_item = select(QueueRow.per_item).where(QueueRow.number == ItemRow.queue).scalar_subquery()
    change = update(ItemRow).where(ItemRow.number == item)
    # SQLite's max of two values.
    connection.execute(change.values(remaining=func.max(per_item - done.scalar_subquery(), 0)))


def _admit(settings: Row[Any], annotator: str) -> None:
    if settings.annotators and key_of(annotator) not in map(key_of, settings.annotators):
        raise NotAnAnnotator(annotator, settings.title)


def _written() -> ColumnElement[bool]:
    """Whether an item's call has its text: it may be asked anew just now."""
    return exists().where(Call.run == ItemRow.run, Call.name == ItemRow.call, text(WRITTEN))


def _is_free(annotator: str, now: float) -> ColumnElement[bool]:
    """Whether an item wants more annotations than other people are at work on."""
    other = aliased(AnnotationRow)
    held = select(func.count()).where(
        other.item == ItemRow.number,
        other.annotator != annotator,
        other.kind == "human",
        other.status == "draft",
        other.held_until > now,
    )
    return ItemRow.remaining > held.correlate(ItemRow).scalar_subquery()
