"""A run's events as whoever follows or opens it reads them."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, or_, select, type_coerce

from storage.schema import Call, RecordedEvent
from storage.writing import merged

_COLUMNS: tuple[Any, ...] = (
    RecordedEvent.seq,
    RecordedEvent.at,
    RecordedEvent.kind,
    RecordedEvent.call,
    type_coerce(RecordedEvent.data, Text).label("data"),
)


def all_events(
    connection: Connection, run_id: str, number: int, after: int, *kinds: str
) -> list[dict[str, Any]]:
    """Every event of run `number` after `after`, in order; of those kinds only where any are given."""
    statement = _events(number, after)
    if kinds:
        statement = statement.where(RecordedEvent.kind.in_(kinds))
    return _plain(run_id, connection.execute(statement))


def needed_events(connection: Connection, run_id: str, number: int, after: int) -> list[dict[str, Any]]:
    """The events after `after` less the deltas whose text a later event states; what is left of them merged."""
    unsettled = select(Call.name, Call.settled_seq).where(Call.run == number, Call.status != "done")
    settled_seq = {call.name: call.settled_seq for call in connection.execute(unsettled)}
    told, of_call = RecordedEvent.kind != "call_delta", RecordedEvent.call
    rows = connection.execute(_events(number, after).where(or_(told, of_call.in_(settled_seq))))
    needed = (row for row in rows if row.kind != "call_delta" or row.seq > settled_seq[row.call])
    return merged(_plain(run_id, needed))


def _events(number: int, after: int) -> Select[Any]:
    statement: Select[Any] = select(*_COLUMNS).order_by(RecordedEvent.seq)
    return statement.where(RecordedEvent.run == number, RecordedEvent.seq > after)


def _plain(run_id: str, rows: Iterable[Row[Any]]) -> list[dict[str, Any]]:
    found = list(rows)
    # Read at once: one by one takes several times as long, and a long run has tens of thousands.
    datas = json.loads(f"[{','.join(row.data for row in found)}]")
    return [
        {"kind": row.kind, "run": run_id, "at": row.at, **data, "seq": row.seq}
        for row, data in zip(found, datas, strict=True)
    ]
