"""Reading annotations, and telling whether the texts they are about are still those that were recorded."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, literal, or_, select

from storage.annotations.checking import text_hash
from storage.annotations.records import Annotation, Decision, Span
from storage.annotations.related import DRAFT
from storage.annotations.tables import AnnotationRow, DecisionRow, ItemRow, QueueRow
from storage.schema import Call, Run

_CHUNK = 500


def annotations(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Annotation]:
    """The annotations of kept runs that are as the conditions say, oldest first."""
    rows = connection.execute(_annotations().where(*conditions).order_by(AnnotationRow.number))
    for chunk in rows.partitions(_CHUNK):
        yield from _read(connection, chunk)


def one(connection: Connection, number: int) -> Annotation:
    """The annotation of that number."""
    rows = connection.execute(_annotations().where(AnnotationRow.number == number)).all()
    (found,) = _read(connection, rows)
    return found


def seen(seen_by: str | None) -> ColumnElement[bool]:
    """Whether a person may see an annotation: in blind queues their own alone; None may see all."""
    if seen_by is None:
        return AnnotationRow.number.is_not(None)
    own = (AnnotationRow.annotator == seen_by) & (AnnotationRow.kind == "human")
    return or_(own, AnnotationRow.queue.is_(None), QueueRow.blind.is_(False))


def of_run(run_id: str) -> ColumnElement[bool]:
    """Whether an annotation is of a call of that run."""
    return AnnotationRow.run == select(Run.number).where(Run.id == run_id).scalar_subquery()


def decisions(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Decision, ...]:
    """The decisions about items of kept runs that are as the conditions say, in the items' order."""
    rows: Select[Any] = select(DecisionRow.__table__).join(ItemRow, ItemRow.number == DecisionRow.item)
    rows = rows.join(Run, Run.number == ItemRow.run).where(Run.deleted_at.is_(None), *conditions)
    return tuple(
        Decision(row.item, row.by, row.verdict, row.followed, row.comment, _spans(row.spans), row.at)
        for row in connection.execute(rows.order_by(ItemRow.ordinal))
    )


def _annotations() -> Select[Any]:
    wanted: Select[Any] = select(
        AnnotationRow.__table__,
        QueueRow.id.label("queue_id"),
        Run.id.label("run_id"),
        Call.expert,
        Call.target,
    )
    wanted = wanted.join(Run, Run.number == AnnotationRow.run)
    wanted = wanted.join(Call, (Call.run == AnnotationRow.run) & (Call.name == AnnotationRow.call))
    return wanted.outerjoin(QueueRow, QueueRow.number == AnnotationRow.queue).where(Run.deleted_at.is_(None))


def _read(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Annotation]:
    hashes = _hashes(connection, rows)
    for row in rows:
        spans = _spans(row.spans)
        about = {(row.call, row.text_hash), *((span.call, span.text_hash) for span in spans)}
        yield Annotation(
            id=row.number,
            queue=row.queue_id,
            item=row.item,
            run=row.run_id,
            call=row.call,
            critic=row.expert,
            target=row.target,
            annotator=row.annotator,
            kind=row.kind,
            model=row.model,
            status=row.status,
            verdict=row.verdict,
            followed=row.followed,
            comment=row.comment,
            spans=spans,
            created_at=row.created_at,
            updated_at=row.updated_at,
            revision=row.revision,
            stale=any(hashes.get((row.run, call)) != kept for call, kept in about),
        )


def _hashes(connection: Connection, rows: Sequence[Row[Any]]) -> dict[tuple[int, str], str]:
    """The hash of every recorded text that these annotations are about, by run and call."""
    names = {row.call for row in rows} | {span["call"] for row in rows for span in row.spans}
    texts = select(Call.run, Call.name, Call.text)
    runs = {row.run for row in rows}
    wanted = texts.where(Call.run.in_(runs), Call.name.in_(names))
    drafts = select(Run.number, literal(DRAFT), Run.draft).where(Run.number.in_(runs), Run.draft != "")
    found = connection.execute(wanted.union_all(drafts) if DRAFT in names else wanted)
    return {(run, name): text_hash(text) for run, name, text in found}


def _spans(kept: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in kept)
