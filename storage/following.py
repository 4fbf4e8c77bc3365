"""A run's events as whoever follows or opens it reads them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, literal_column, select

from storage.batch import merged
from storage.schema import Call, RecordedEvent, Run

_COLUMNS = (RecordedEvent.seq, RecordedEvent.at, RecordedEvent.kind, RecordedEvent.data)
# In so many words, as the indexes have it: SQLite does not look into parameters.
_DELTA: ColumnElement[str] = literal_column("'call_delta'")


def all_events(connection: Connection, run_id: str, after: int) -> list[dict[str, Any]]:
    """Every event after `after`, in order."""
    statement = select(*_COLUMNS).join(Run, Run.number == RecordedEvent.run)
    statement = statement.where(Run.id == run_id, Run.deleted_at.is_(None), RecordedEvent.seq > after)
    return _plain(run_id, connection.execute(statement.order_by(RecordedEvent.seq)).all())


def needed_events(connection: Connection, run_id: str, after: int) -> list[dict[str, Any]]:
    """The events after `after` less the deltas whose text a later event states; what is left of them merged."""
    event = RecordedEvent
    run = select(Run.number).where(Run.id == run_id, Run.deleted_at.is_(None)).scalar_subquery()
    told = select(*_COLUMNS).where(event.run == run, event.seq > after, event.kind != _DELTA)
    of_call = and_(Call.run == event.run, Call.name == event.call)
    deltas = (
        select(*_COLUMNS)
        .select_from(Call)
        .join(event, of_call)
        .where(Call.run == run, event.kind == _DELTA, event.seq > Call.settled_seq, event.seq > after)
    )
    rows = [*connection.execute(told), *connection.execute(deltas)]
    return merged(_plain(run_id, sorted(rows, key=lambda row: row.seq)))


def _plain(run_id: str, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    return [{"kind": row.kind, "run": run_id, "at": row.at, **row.data, "seq": row.seq} for row in rows]
