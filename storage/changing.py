"""A transaction for what a person asked to be changed, as opposed to what a run records."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import NotWritten


@contextmanager
def changing(database: Database) -> Iterator[Connection]:
    """A connection that may write, committed at the end. Raises NotWritten where the database cannot be written now."""
    try:
        with database.writer() as connection:
            yield connection
    except DBAPIError as error:
        raise NotWritten(
            f"This could not be written into the record ({error.orig}): try again, and see whether "
            f"{database.path.parent} has space and can be written."
        ) from error
