"""Errors of the record that the person using Disputatio can mend."""

from engine.errors import UserError


class DatabaseUnusable(UserError):
    """The database file cannot be opened, created or written."""


class DatabaseTooNew(DatabaseUnusable):
    """The database was written by a newer version of Disputatio."""


class RecordingFailed(UserError):
    """What happened could not be written down yet; it is kept in memory and tried again."""


class NotWritten(UserError):
    """What a person asked for could not be written into the database now."""


class UnknownRun(UserError):
    """The record has no run of that id, or it was deleted."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"There is no run {run_id!r} in the record: list the runs to see their ids.")


class UnknownBatch(UserError):
    """The record has no batch of that id."""

    def __init__(self, batch_id: str) -> None:
        super().__init__(
            f"There is no batch {batch_id!r} in the record: the page Batches lists those there are."
        )
