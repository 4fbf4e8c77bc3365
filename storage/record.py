"""The record of one database: everything that reads it or writes it, opened together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.batches import Batches
from storage.curation import Curation
from storage.database import Database
from storage.recorder import Recorder
from storage.traces import Traces


@dataclass(frozen=True, slots=True)
class Record:
    """The record's writer, its reader, what a person adds to it, and the batches in it."""

    recorder: Recorder
    traces: Traces
    curation: Curation
    batches: Batches


@contextmanager
def recording(path: Path, *, flush_seconds: float = 0.2) -> Iterator[Record]:
    """The record in a database file; all that was given to its writer is written at the end."""
    database = Database(path)
    recorder = Recorder(database, flush_seconds=flush_seconds)
    try:
        yield Record(recorder, Traces(database), Curation(database), Batches(database))
    finally:
        recorder.close()
        database.close()
