"""The recorder: takes events from any thread and has one thread write them down."""

import json
import logging
import math
import time
from threading import TIMEOUT_MAX, Condition, Thread
from typing import Any, Self

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from engine.events import Event, RunStarted, to_json
from storage.curation import KEPT_SECONDS, purge
from storage.database import Database
from storage.errors import RecordingFailed
from storage.text import storable
from storage.writing import write

HEARTBEAT_SECONDS = 0.5
RETRY_SECONDS = 1.0

LEAST_SEED, MOST_SEED = -(1 << 63), (1 << 63) - 1
"""What fits into a column of SQLite's: a run's seed has 64 bits."""

_log = logging.getLogger(__name__)


class Recorder:
    """Writes events to the database in the order given, in one transaction every `flush_seconds` at most.

    When it starts it removes for good what was deleted more than a day ago.
    Nothing given is dropped: what cannot be written is kept and tried again, and `problem` says meanwhile
    what is wrong. Several recorders, in several processes, may write to one database. Safe for threads.
    """

    def __init__(self, database: Database, flush_seconds: float = 0.2) -> None:
        self.problem: str | None = None
        self._database = database
        self._flush_seconds = flush_seconds
        self._changed = Condition()
        self._events: list[dict[str, Any]] = []
        self._alive: set[str] = set()
        self._given = self._written = self._failures = 0
        self._hurry = self._closing = self._ended = self._purged = False
        self._tried_at = -math.inf
        self._thread = Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    def record(self, event: Event) -> None:
        """Take an event; returns at once.

        Raises TypeError where the event holds anything but plain data, ValueError where a seed has more than
        64 bits, RuntimeError after `close`.
        """
        if isinstance(event, RunStarted) and not LEAST_SEED <= event.seed <= MOST_SEED:
            raise ValueError(f"the seed {event.seed} has more than 64 bits")
        text = storable(json.dumps(to_json(event), ensure_ascii=False))
        with self._changed:
            self._events.append(json.loads(text))
            self._taken()

    def flush(self) -> None:
        """Wait until everything given so far is in the database.

        Raises RecordingFailed where writing it failed; it is then still kept and tried again.
        """
        with self._changed:
            goal, failures = self._given, self._failures
            self._hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._written >= goal or self._failures > failures or self._ended)
            if self._written < goal:
                raise RecordingFailed(self.problem or "The recorder has ended.")

    def close(self) -> None:
        """Write what is left and end. Raises RecordingFailed where that cannot be written."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()
        if self._written < self._given:
            raise RecordingFailed(f"{self._given - self._written} events are lost. {self.problem}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _taken(self) -> None:
        if self._closing or self._ended:
            raise RuntimeError(f"the recorder has ended: {self.problem or 'it was closed'}")
        self._given += 1
        self._changed.notify_all()

    def _work(self) -> None:
        try:
            while self._write_once():
                pass
        except Exception as error:
            self.problem = f"The recorder has broken down: {error!r}"
            raise
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _write_once(self) -> bool:
        """Wait until something is due and write it; whether there may be more."""
        with self._changed:
            while not (self._hurry or self._closing) and (rest := self._due() - time.monotonic()) > 0:
                self._changed.wait(min(rest, TIMEOUT_MAX))
            events, closing = self._events.copy(), self._closing
            self._hurry = False
        try:
            with self._database.writer() as connection:
                alive = write(connection, events, self._alive, time.time())
                if not self._purged:
                    purge(connection, time.time() - KEPT_SECONDS)
        except SQLAlchemyError as error:
            self._failed(error)
        else:
            with self._changed:
                self.problem = None
                self._alive = alive
                del self._events[: len(events)]
                self._written += len(events)
                self._purged = True
                self._changed.notify_all()
        self._tried_at = time.monotonic()
        return not closing

    def _due(self) -> float:
        beat = self._tried_at + HEARTBEAT_SECONDS if self._alive else math.inf
        if self.problem:
            return self._tried_at + RETRY_SECONDS
        if not self._purged:
            return self._tried_at
        if self._events:
            return min(self._tried_at + self._flush_seconds, beat)
        return beat

    def _failed(self, error: SQLAlchemyError) -> None:
        cause = error.orig if isinstance(error, DBAPIError) else error
        problem = (
            f"What happens cannot be recorded now ({cause}); it is kept in memory and tried again: "
            f"see whether {self._database.path.parent} has space and can be written."
        )
        if problem != self.problem:
            _log.error(problem)
        with self._changed:
            self.problem = problem
            self._failures += 1
            self._changed.notify_all()
