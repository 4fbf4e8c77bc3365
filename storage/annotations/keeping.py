"""Keeping what annotators make of items: drafts, finished annotations, skips, and what models say."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage.annotations.checking import checked, text_hash
from storage.annotations.holding import count, hold, own, put_last
from storage.annotations.label_schema import LabelSchema
from storage.annotations.records import Judgement, Kind
from storage.annotations.related import Related, related
from storage.annotations.tables import AnnotationRow, DecisionRow, ItemRow, QueueRow
from storage.errors import DraftOutdated, UnknownItem, UnknownRun
from storage.schema import Run


def keep(
    connection: Connection,
    item: int,
    annotator: str,
    judgement: Judgement,
    revision: int | None,
    now: float,
    *,
    finished: bool,
) -> int:
    """Keep a draft of an item, or finish it; the annotation's number.

    Nothing is changed where that is what is kept already. Raises what `hold` and `checked` raise, and DraftOutdated
    where `revision` is not the one that is kept, or a draft comes after the annotation was finished.
    """
    before = own(connection, item, annotator)
    if before and before.status == "skipped" and revision not in (None, before.revision):
        raise DraftOutdated
    number = hold(connection, item, annotator, now)
    kept = connection.execute(select(AnnotationRow).where(AnnotationRow.number == number)).one()
    calls, labels = _judged(connection, item)
    values = checked(judgement, calls, labels, finished=finished)
    same = all(getattr(kept, name) == value for name, value in values.items())
    if same and (kept.status == "done") == finished:
        return number
    if (revision is not None and revision != kept.revision) or (kept.status == "done" and not finished):
        raise DraftOutdated
    values |= {
        "status": "done" if finished else "draft",
        "text_hash": text_hash(calls.critique.text),
        "revision": kept.revision + 1,
        "updated_at": now,
    }
    connection.execute(update(AnnotationRow).where(AnnotationRow.number == number).values(values))
    if finished:
        count(connection, item)
    return number


def skip(connection: Connection, item: int, annotator: str, now: float) -> int:
    """Leave an item to others, who get it last; the annotation's number.

    What was drafted stays kept, and what is done stays done.
    """
    number = hold(connection, item, annotator, now)
    if _change(connection, number, now, of="draft", to="skipped"):
        put_last(connection, item)
    return number


def reopen(connection: Connection, item: int, annotator: str, now: float) -> int:
    """Make a draft of what was finished or skipped; the annotation's number. Raises what `hold` raises."""
    number = hold(connection, item, annotator, now)
    if _change(connection, number, now, of="done", to="draft"):
        count(connection, item)
        hold(connection, item, annotator, now)
    return number


def record_judged(
    connection: Connection, item: int, annotator: str, model: str, judgement: Judgement, now: float
) -> int:
    """Keep what a model says of an item, in the place of what it said before; the annotation's number."""
    row = connection.execute(select(ItemRow).where(ItemRow.number == item)).one_or_none()
    if row is None:
        raise UnknownItem(item)
    calls, labels = _judged(connection, item)
    values = checked(judgement, calls, labels, finished=True)
    same = AnnotationRow.item == item, AnnotationRow.annotator == annotator, AnnotationRow.kind == "model"
    about = {"queue": row.queue, "item": item, "run": row.run, "call": row.call}
    who = {"annotator": annotator, "kind": "model", "model": model}
    return _put(connection, same, about | who, values, calls, now)


def annotate(
    connection: Connection,
    run_id: str,
    call: str,
    annotator: str,
    judgement: Judgement,
    kind: Kind,
    model: str | None,
    at: float,
) -> int:
    """Keep what somebody says of a call outside any queue, in the place of what they said before; its number.

    Any labels will do. Raises UnknownRun, UnknownCall and what `checked` raises.
    """
    run = connection.scalar(select(Run.number).where(Run.id == run_id, Run.deleted_at.is_(None)))
    if run is None:
        raise UnknownRun(run_id)
    calls = related(connection, run, call)
    values = checked(judgement, calls, None, finished=True)
    about = {"run": run, "call": call, "annotator": annotator, "kind": kind, "model": model}
    same = [getattr(AnnotationRow, name).is_not_distinct_from(value) for name, value in about.items()]
    return _put(connection, (*same, AnnotationRow.queue.is_(None)), about, values, calls, at)


def decide(connection: Connection, item: int, by: str, judgement: Judgement, now: float) -> None:
    """Keep what was decided about an item, in the place of what was before."""
    calls, labels = _judged(connection, item)
    values = checked(judgement, calls, labels, finished=True)
    decision = {"item": item, "by": by, "at": now, **values}
    connection.execute(insert(DecisionRow).prefix_with("OR REPLACE").values(decision))


def _judged(connection: Connection, item: int) -> tuple[Related, frozenset[str]]:
    """The calls that an item is about, and the labels that its queue has."""
    wanted = select(ItemRow.run, ItemRow.call, QueueRow.label_schema)
    wanted = wanted.join(QueueRow, QueueRow.number == ItemRow.queue).join(Run, Run.number == ItemRow.run)
    row = connection.execute(wanted.where(ItemRow.number == item, Run.deleted_at.is_(None))).one_or_none()
    if row is None:
        raise UnknownItem(item)
    return related(connection, row.run, row.call), LabelSchema.model_validate(row.label_schema).names


def _change(connection: Connection, number: int, now: float, *, of: str, to: str) -> bool:
    """Change an annotation's status where it is `of`; whether it was."""
    change = update(AnnotationRow).where(AnnotationRow.number == number, AnnotationRow.status == of)
    changed = change.values(status=to, revision=AnnotationRow.revision + 1, updated_at=now, held_until=0.0)
    return connection.execute(changed).rowcount == 1


def _put(
    connection: Connection,
    same: tuple[Any, ...],
    about: dict[str, Any],
    values: dict[str, Any],
    calls: Related,
    now: float,
) -> int:
    values = {**values, "text_hash": text_hash(calls.critique.text), "updated_at": now}
    found = select(AnnotationRow.number, AnnotationRow.revision).where(*same)
    kept = connection.execute(found).first()
    if kept:
        changed = {**values, "revision": kept.revision + 1}
        connection.execute(update(AnnotationRow).where(AnnotationRow.number == kept.number).values(changed))
        return int(kept.number)
    new = {**about, **values, "status": "done", "revision": 0, "held_until": 0.0, "created_at": now}
    return connection.execute(insert(AnnotationRow).values(new).returning(AnnotationRow.number)).scalar_one()
