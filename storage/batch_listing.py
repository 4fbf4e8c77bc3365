"""Batches as they were begun and as they stand."""

from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.batch_figures import figures
from storage.batch_records import BatchRecord, BatchSummary
from storage.filters import present_status
from storage.schema import Batch, Run


def read_batches(connection: Connection, statement: Select[Any], now: float) -> dict[int, BatchRecord]:
    """The batches that a statement of `Batch`'s columns gives, in its order, by number."""
    rows = connection.execute(statement).all()
    open_ones = [row.number for row in rows if row.finished_at is None]
    beats = select(Run.batch, func.max(Run.heartbeat_at)).group_by(Run.batch)
    beats = beats.where(Run.batch.in_(open_ones), Run.status == "running", Run.deleted_at.is_(None))
    heard = dict(connection.execute(beats).all())
    return {
        row.number: BatchRecord(
            id=row.id,
            key=row.key,
            created_at=row.created_at,
            title=row.title,
            protocol=row.protocol,
            settings=row.settings,
            pool=row.pool,
            runtime=row.runtime,
            seed=row.seed,
            questions=row.questions,
            finished_at=row.finished_at,
            status="done" if row.finished_at else present_status("running", heard.get(row.number, 0.0), now),
            usage=row.usage,
        )
        for row in rows
    }


def read_batch(connection: Connection, number: int, now: float) -> BatchRecord:
    """The batch of that number, which is there."""
    return read_batches(connection, select(Batch.__table__).where(Batch.number == number), now)[number]


def list_batches(connection: Connection, now: float) -> list[BatchSummary]:
    """What `Batches.page` gives."""
    batches = read_batches(connection, select(Batch.__table__).order_by(Batch.number.desc()), now)
    found = figures(connection, batches)
    return [BatchSummary(batch, found[number]) for number, batch in batches.items()]
