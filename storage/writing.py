"""Events as they are written: numbered, merged, and projected onto the rows that answer questions quickly."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from engine.events import RunFinished, RunStarted, from_json
from storage.projection import changes_text, project, start
from storage.schema import Batch, Call, RecordedEvent, Run
from storage.search import index

_log = logging.getLogger(__name__)

EventData = dict[str, Any]
"""An event as `engine.events.to_json` gives it."""


def merged(events: Iterable[EventData]) -> list[EventData]:
    """The events with neighbouring deltas of one call made one, which stands where the last of them stood.

    Deltas are neighbours when no other event of their call lies between them.
    """
    kept: dict[int, EventData] = {}
    open_deltas: dict[tuple[str, str | None], int] = {}
    for position, event in enumerate(events):
        call = (event["run"], event.get("call"))
        if event["kind"] == "call_delta":
            if call in open_deltas:
                earlier = kept.pop(open_deltas[call])
                tokens = earlier["tokens"] + event["tokens"]
                event = {**event, "text": earlier["text"] + event["text"], "tokens": tokens}
            open_deltas[call] = position
        else:
            open_deltas.pop(call, None)
        kept[position] = event
    return list(kept.values())


def write(connection: Connection, events: Sequence[EventData], alive: set[str], now: float) -> set[str]:
    """Write the events, and that the runs in `alive` still go on at `now`.

    Returns the runs that go on afterwards. Events of a run that was purged are not written.
    """
    numbers: dict[str, int] = {}
    last_seq: dict[str, int] = {}
    reworded: set[str] = set()
    rows: list[dict[str, Any]] = []
    alive = set(alive)
    for data in merged(events):
        event = from_json(data)
        run = event.run
        if isinstance(event, RunStarted):
            numbers[run] = start(connection, event, _batch(connection, event))
            alive.add(run)
        if run not in numbers:
            number = connection.scalar(select(Run.number).where(Run.id == run))
            if number is None:
                _log.warning("Run %s is not in the record (purged?): its %s is not kept.", run, event.kind)
                alive.discard(run)
                continue
            numbers[run] = number
        if run not in last_seq:
            newest = select(func.max(RecordedEvent.seq)).where(RecordedEvent.run == numbers[run])
            last_seq[run] = connection.scalar(newest) or 0
        last_seq[run] += 1
        project(connection, numbers[run], last_seq[run], event)
        rows.append(_row(data, numbers[run], last_seq[run]))
        if changes_text(event):
            reworded.add(run)
        if isinstance(event, RunFinished):
            alive.discard(run)
    if rows:
        connection.execute(insert(RecordedEvent), rows)
    for run in last_seq:
        _count_tokens(connection, numbers[run])
    for run in reworded:
        index(connection, numbers[run])
    if alive:
        beat = update(Run).where(Run.id == bindparam("alive")).values(heartbeat_at=now)
        connection.execute(beat, [{"alive": run} for run in alive])
    return alive


def _batch(connection: Connection, event: RunStarted) -> int | None:
    if event.batch is None:
        return None
    number = connection.scalar(select(Batch.number).where(Batch.id == event.batch))
    if number is None:
        _log.warning("Batch %s of run %s is not in the record: the run stands alone.", event.batch, event.run)
    return number


def _row(data: EventData, number: int, seq: int) -> dict[str, Any]:
    own = {name: value for name, value in data.items() if name not in ("kind", "run", "at")}
    at, kind, call = data["at"], data["kind"], data.get("call")
    return {"run": number, "seq": seq, "at": at, "kind": kind, "call": call, "data": own}


def _count_tokens(connection: Connection, number: int) -> None:
    sums = {
        column: select(func.coalesce(func.sum(getattr(Call, column)), 0))
        .where(Call.run == number)
        .scalar_subquery()
        for column in ("prompt_tokens", "tokens")
    }
    connection.execute(update(Run).where(Run.number == number).values(sums))
