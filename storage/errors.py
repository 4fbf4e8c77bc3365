"""Errors of the record that the person using Disputatio can mend."""

from engine.errors import UserError


class DatabaseUnusable(UserError):
    """The database file cannot be opened, created or written."""


class DatabaseTooNew(DatabaseUnusable):
    """The database was written by a newer version of Disputatio."""


class RecordingFailed(UserError):
    """What happened could not be written down yet; it is kept in memory and tried again."""
