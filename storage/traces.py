"""Reading the record: lists of runs, one run, its calls, and its events as they come."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any, Unpack

from sqlalchemy import ColumnElement, Select, and_, select

from storage.database import Database
from storage.filters import Filters, present_status
from storage.following import all_events, needed_events
from storage.listing import annotated, list_runs, recruited, tagged
from storage.outline import CallOutline, outline
from storage.overview import facets, speeds
from storage.records import CallRecord, Facets, RunPage, RunRecord, Speed
from storage.schema import Batch, Call, Note, Run


class Traces:
    """The runs in a database. `now` gives the time in Unix seconds, by which interrupted runs are told."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    def page(
        self, text: str = "", *, before: str | None = None, limit: int = 50, **filters: Unpack[Filters]
    ) -> RunPage:
        """At most `limit` runs, newest first, that have all the words of `text` and are as the filters say.

        `before` is the `next` of the page above. Raises ValueError where it is none.
        """
        with self._database.reader() as connection:
            return list_runs(connection, text, filters, before, limit, self._now())

    def facets(self) -> Facets:
        """What the kept runs can be filtered by."""
        with self._database.reader() as connection:
            return facets(connection)

    def speeds(self, runtime: str) -> dict[str, Speed]:
        """How quick each expert's finished calls were in the newest 200 runs on a runtime."""
        with self._database.reader() as connection:
            return speeds(connection, runtime, self._now())

    def run(self, run_id: str) -> RunRecord | None:
        """The run of that id, None where there is none."""
        with self._database.reader() as connection:
            row = connection.execute(select(Run.__table__).where(_kept(run_id))).mappings().one_or_none()
            if row is None:
                return None
            number = row["number"]
            values: dict[str, Any] = {field.name: row.get(field.name) for field in fields(RunRecord)}
            values |= {
                "experts": recruited(connection, {number: row["pool_experts"]})[number],
                "status": present_status(row["status"], row["heartbeat_at"], self._now()),
                "choices": tuple(row["choices"]),
                "steps": tuple(row["steps"]),
                "gold_known": row["gold"] is not None,
                "tags": tagged(connection, [number])[number],
                "note": connection.scalar(select(Note.text).where(Note.run == number)) or "",
                "annotations": connection.execute(
                    select(annotated()).where(Run.number == number)
                ).scalar_one(),
                "batch": connection.scalar(select(Batch.id).where(Batch.number == row["batch"])),
                "snippet": (),
            }
            return RunRecord(**values)

    def status(self, run_id: str) -> str | None:
        """The run's status as in RunSummary, None where there is no such run."""
        with self._database.reader() as connection:
            row = connection.execute(select(Run.status, Run.heartbeat_at).where(_kept(run_id))).one_or_none()
        return None if row is None else present_status(row.status, row.heartbeat_at, self._now())

    def protocol(self, run_id: str) -> str | None:
        """The protocol that the run follows, None where there is no such run."""
        with self._database.reader() as connection:
            return connection.scalar(select(Run.protocol).where(_kept(run_id)))

    def calls(self, run_id: str) -> list[CallRecord]:
        """The run's calls in the order they were queued."""
        columns = [getattr(Call, field.name) for field in fields(CallRecord)]
        statement: Select[Any] = select(*columns).join(Run, Run.number == Call.run)
        with self._database.reader() as connection:
            rows = connection.execute(statement.where(_kept(run_id)).order_by(Call.queued_seq)).mappings()
            return [CallRecord(**row) for row in rows]

    def outline(self, run_id: str) -> Sequence[CallOutline]:
        """The run's calls in the order they were queued, without what was asked and said."""
        with self._database.reader() as connection:
            return outline(connection, _kept(run_id))

    def texts(self, run_id: str, calls: Iterable[str], *, unfinished: bool = False) -> dict[str, str]:
        """The whole texts of those of the run's calls that have finished, by name.

        With `unfinished` also those of the others, as far as they came.
        """
        statement = select(Call.name, Call.text).join(Run, Run.number == Call.run)
        statement = statement.where(_kept(run_id), Call.name.in_(list(calls)))
        if not unfinished:
            statement = statement.where(Call.status == "done")
        with self._database.reader() as connection:
            return {row.name: row.text for row in connection.execute(statement)}

    def events(self, run_id: str, after: int = 0, *, whole: bool = False) -> list[dict[str, Any]]:
        """The run's events with a `seq` greater than `after`, in order: `to_json`'s form and `seq`.

        Unless `whole`, the deltas of calls that have finished since are left out, as CallFinished has their
        text, and those of any other call are one event at the latest's `seq`. Whoever asks again and again
        with the last `seq` received, adds up deltas, and takes the text of CallFinished, and starts a call
        anew at CallQueued, has every call's text at any time.
        """
        read = all_events if whole else needed_events
        with self._database.reader() as connection:
            number = connection.scalar(select(Run.number).where(_kept(run_id)))
            return [] if number is None else read(connection, run_id, number, after)

    def told(self, run_id: str, *kinds: str) -> list[dict[str, Any]]:
        """The run's events of these kinds, in order, in the form of `events`."""
        with self._database.reader() as connection:
            number = connection.scalar(select(Run.number).where(_kept(run_id)))
            return [] if number is None else all_events(connection, run_id, number, 0, *kinds)


def _kept(run_id: str) -> ColumnElement[bool]:
    return and_(Run.id == run_id, Run.deleted_at.is_(None))
