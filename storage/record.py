"""The record of one database: everything that reads it or writes it, opened together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.accounts import Accounts
from storage.annotations.annotations import Annotations
from storage.annotations.label_schema import LabelSchemas
from storage.batches import Batches
from storage.curation import Curation
from storage.database import Database
from storage.recorder import Recorder
from storage.traces import Traces


@dataclass(frozen=True, slots=True)
class Record:
    """The database itself, the record's writer and reader, what people add to it, its batches, and who may see it."""

    database: Database
    recorder: Recorder
    traces: Traces
    curation: Curation
    batches: Batches
    accounts: Accounts
    annotations: Annotations


@contextmanager
def recording(path: Path, *, flush_seconds: float = 0.2) -> Iterator[Record]:
    """The record in a database file; all that was given to its writer is written at the end.

    A person's own label schemas are in the folder `schemas` beside the file.
    """
    database = Database(path)
    recorder = Recorder(database, flush_seconds=flush_seconds)
    try:
        yield Record(
            database,
            recorder,
            Traces(database),
            Curation(database),
            Batches(database),
            Accounts(database),
            Annotations(database, LabelSchemas(path.parent / "schemas")),
        )
    finally:
        recorder.close()
        database.close()
