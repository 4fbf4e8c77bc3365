"""Batches of runs: begun, gone on with, and read."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from filelock import FileLock, Timeout
from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert

from engine.events import CallFinished, CallQueued, ExpertsRecruited, RunFinished, from_json
from storage.batch_comparison import compare
from storage.batch_listing import list_batches, read_batch
from storage.batch_records import BatchComparison, BatchRecord, BatchResults, BatchSummary, Usage
from storage.batch_results import results
from storage.changing import changing
from storage.database import Database
from storage.errors import BatchTaken, UnknownBatch
from storage.filters import present_status
from storage.following import all_events
from storage.schema import Batch, RecordedEvent, Run
from storage.text import storable


class BatchRun(NamedTuple):
    """A question's run: its id, and its status as in RunSummary."""

    id: str
    status: str


NO_USAGE = Usage(seconds=0.0, loading=0.0, generating=0.0, idle=0.0, loads={})


class Batches:
    """The batches in a database. `now` gives the time in Unix seconds.

    What takes a batch's id raises UnknownBatch; what writes, NotWritten where the database cannot be written now.
    """

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    def begin(
        self,
        key: str,
        *,
        title: str,
        protocol: str,
        settings: dict[str, Any],
        pool: str,
        runtime: str,
        seed: int,
        questions: int,
    ) -> BatchRecord:
        """The batch of that key, as it was begun before or, where there is none, begun now."""
        now = self._now()
        row = {
            "id": f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}-{secrets.token_hex(3)}",
            "key": storable(key),
            "created_at": now,
            "title": storable(title),
            "protocol": protocol,
            "settings": settings,
            "pool": pool,
            "runtime": runtime,
            "seed": seed,
            "questions": questions,
            "usage": NO_USAGE,
        }
        with changing(self._database) as connection:
            connection.execute(insert(Batch).values(row).on_conflict_do_nothing(index_elements=[Batch.key]))
            number = connection.execute(select(Batch.number).where(Batch.key == row["key"])).scalar_one()
            return read_batch(connection, number, now)

    def drop_unasked(self, batch_id: str) -> None:
        """Forget the batch if none of its questions was ever asked."""
        with changing(self._database) as connection:
            asked = exists().where(Run.batch == Batch.number)
            connection.execute(delete(Batch).where(Batch.id == batch_id, ~asked))

    @contextmanager
    def held(self, batch_id: str) -> Iterator[None]:
        """Keep the batch to this process, which is about to run it; the lock goes with the process that holds it.

        Raises BatchTaken where another process has it.
        """
        path = self._database.path
        locked = path.with_name(f"{path.name}.batch-{batch_id}.lock")
        lock = FileLock(locked, blocking=False)
        try:
            lock.acquire()
        except Timeout as error:
            raise BatchTaken(batch_id) from error
        try:
            yield
        finally:
            locked.unlink(missing_ok=True)
            lock.release()

    def runs(self, batch_id: str) -> dict[str, BatchRun]:
        """The newest run of each question that was posed, by the question's id."""
        wanted = select(Run.question_id, Run.id, Run.status, Run.heartbeat_at).order_by(Run.number)
        with self._database.reader() as connection:
            number = _number(connection, batch_id)
            rows = connection.execute(wanted.where(Run.batch == number, Run.deleted_at.is_(None)))
            return {
                row.question_id: BatchRun(row.id, present_status(row.status, row.heartbeat_at, self._now()))
                for row in rows
            }

    def answered(self, run_id: str) -> dict[str, tuple[CallQueued, CallFinished]]:
        """The calls of a run that were answered, by name: how each was asked, and how it finished last.

        Those of an attempt that failed are left out: it may have failed by what was answered.
        """
        queued: dict[str, CallQueued] = {}
        finished: dict[str, tuple[CallQueued, CallFinished]] = {}
        wanted = (CallQueued.kind, CallFinished.kind, RunFinished.kind)
        with self._database.reader() as connection:
            number = connection.scalar(select(Run.number).where(Run.id == run_id))
            if number is None:
                return {}
            for data in all_events(connection, run_id, number, 0, *wanted):
                match from_json({name: value for name, value in data.items() if name != "seq"}):
                    case CallQueued() as event:
                        queued[event.call] = event
                    case CallFinished() as event:
                        finished[event.call] = queued[event.call], event
                    case RunFinished(outcome="failed"):
                        finished.clear()
        return finished

    def drawn(self, batch_id: str) -> dict[str, list[str]]:
        """Whom each question's run drew first, however the run ended, by the question's id; where it drew."""
        with self._database.reader() as connection:
            number = _number(connection, batch_id)
            rows = connection.execute(
                select(Run.question_id, RecordedEvent.data)
                .join(Run, Run.number == RecordedEvent.run)
                .where(Run.batch == number, Run.deleted_at.is_(None))
                .where(RecordedEvent.kind == ExpertsRecruited.kind)
                .order_by(RecordedEvent.run, RecordedEvent.seq)
            )
            # A run that was taken up again has told whom it drew more than once.
            return {row.question_id: row.data["first_drawn"] for row in rows}

    def add_usage(self, batch_id: str, usage: Usage) -> None:
        """Add what was used since the last time to what the batch has used."""
        with changing(self._database) as connection:
            number = _number(connection, batch_id)
            before: Usage = connection.execute(select(Batch.usage).where(Batch.number == number)).scalar_one()
            connection.execute(update(Batch).where(Batch.number == number).values(usage=_sum(before, usage)))

    def reopen(self, batch_id: str) -> None:
        """Questions of the batch are being asked now: it is not done, even if it was before."""
        with changing(self._database) as connection:
            number = _number(connection, batch_id)
            connection.execute(update(Batch).where(Batch.number == number).values(finished_at=None))

    def finish(self, batch_id: str) -> None:
        """Every question of the batch is done now."""
        with changing(self._database) as connection:
            number = _number(connection, batch_id)
            ended = func.coalesce(Batch.finished_at, self._now())
            connection.execute(update(Batch).where(Batch.number == number).values(finished_at=ended))

    def page(self) -> list[BatchSummary]:
        """All batches, newest first."""
        with self._database.reader() as connection:
            return list_batches(connection, self._now())

    def results(self, batch_id: str) -> BatchResults:
        """What came of a batch, as far as it has come."""
        with self._database.reader() as connection:
            return results(connection, _number(connection, batch_id), self._now())

    def against(self, batch_id: str, other_id: str) -> BatchComparison:
        """A batch beside another, over the questions that both are done with and whose answer is known."""
        with self._database.reader() as connection:
            numbers = _number(connection, batch_id), _number(connection, other_id)
            return compare(connection, *numbers, self._now())


def _number(connection: Connection, batch_id: str) -> int:
    number = connection.scalar(select(Batch.number).where(Batch.id == batch_id))
    if number is None:
        raise UnknownBatch(batch_id)
    return number


def _sum(before: Usage, added: Usage) -> Usage:
    loads = {
        expert: before["loads"].get(expert, 0) + added["loads"].get(expert, 0)
        for expert in before["loads"] | added["loads"]
    }
    return Usage(
        seconds=before["seconds"] + added["seconds"],
        loading=before["loading"] + added["loading"],
        generating=before["generating"] + added["generating"],
        idle=before["idle"] + added["idle"],
        loads=loads,
    )
