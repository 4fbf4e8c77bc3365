"""Reading the record: lists of runs, one run, its calls, and its events as they come."""

import time
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, and_, or_, select

from storage.batch import merged
from storage.database import Database
from storage.listing import list_runs, present_status, recruited
from storage.records import CallRecord, RunPage, RunRecord
from storage.schema import Call, RecordedEvent, Run


class Traces:
    """The runs in a database. `now` gives the time in Unix seconds, by which interrupted runs are told."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    def page(
        self,
        text: str = "",
        *,
        status: str | None = None,
        protocol: str | None = None,
        pool: str | None = None,
        expert: str | None = None,
        before: str | None = None,
        limit: int = 50,
    ) -> RunPage:
        """At most `limit` runs, newest first, that have all the words of `text` and are as the filters say.

        `before` is the `next` of the page above. Raises ValueError where it is none.
        """
        filters = {"status": status, "protocol": protocol, "pool": pool, "expert": expert}
        with self._database.reader() as connection:
            return list_runs(connection, text, filters, before, limit, self._now())

    def run(self, run_id: str) -> RunRecord | None:
        """The run of that id, None where there is none."""
        with self._database.reader() as connection:
            row = connection.execute(select(Run.__table__).where(Run.id == run_id)).mappings().one_or_none()
            if row is None:
                return None
            values: dict[str, Any] = {field.name: row.get(field.name) for field in fields(RunRecord)}
            values |= {
                "experts": recruited(connection, [row["number"]]).get(row["number"], ()),
                "status": present_status(row["status"], row["heartbeat_at"], self._now()),
                "choices": tuple(row["choices"]),
                "steps": tuple(row["steps"]),
                "snippet": (),
            }
            return RunRecord(**values)

    def status(self, run_id: str) -> str | None:
        """The run's status as in RunSummary, None where there is no such run."""
        with self._database.reader() as connection:
            found = select(Run.status, Run.heartbeat_at).where(Run.id == run_id)
            row = connection.execute(found).one_or_none()
        return None if row is None else present_status(row.status, row.heartbeat_at, self._now())

    def calls(self, run_id: str) -> list[CallRecord]:
        """The run's calls in the order they were queued."""
        columns = [getattr(Call, field.name) for field in fields(CallRecord)]
        statement: Select[Any] = select(*columns).join(Run, Run.number == Call.run)
        with self._database.reader() as connection:
            rows = connection.execute(statement.where(Run.id == run_id).order_by(Call.queued_seq)).mappings()
            return [CallRecord(**row) for row in rows]

    def events(self, run_id: str, after: int = 0, *, whole: bool = False) -> list[dict[str, Any]]:
        """The run's events with a `seq` greater than `after`, in order: `to_json`'s form and `seq`.

        Unless `whole`, the deltas of calls that have finished since are left out, as CallFinished has their
        text, and those of any other call are one event at the latest's `seq`. Whoever asks again and again
        with the last `seq` received, adds up deltas, and takes the text of CallFinished, and starts a call
        anew at CallQueued, has every call's text at any time.
        """
        event = RecordedEvent
        statement = (
            select(event.seq, event.at, event.kind, event.data)
            .join(Run, Run.number == event.run)
            .where(Run.id == run_id, event.seq > after)
            .order_by(event.seq)
        )
        if not whole:
            statement = statement.outerjoin(Call, and_(Call.run == event.run, Call.name == event.call)).where(
                or_(event.kind != "call_delta", Call.settled_seq.is_(None), event.seq > Call.settled_seq)
            )
        with self._database.reader() as connection:
            rows = connection.execute(statement).all()
        found = [{"kind": row.kind, "run": run_id, "at": row.at, **row.data, "seq": row.seq} for row in rows]
        return found if whole else merged(found)
