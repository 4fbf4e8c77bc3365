"""What a person does to recorded runs: tags, a note, deleting and restoring."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from storage.changing import changing
from storage.database import Database
from storage.errors import UnknownRun
from storage.marks import checked_note, checked_tags
from storage.schema import Note, Run, Tag
from storage.search import forget, index

KEPT_SECONDS = 86400.0
"""How long a deleted run can be restored."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person attached to a run: tags in the order of the alphabet, and a note, empty where there is none."""

    tags: tuple[str, ...]
    note: str


class Curation:
    """Changes runs in a database, beside any recorder. `now` gives the time in Unix seconds.

    What changes raises NotWritten where the database cannot be written now.
    """

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    def of(self, run_id: str) -> Marks:
        """The run's tags and note. Raises UnknownRun."""
        with self._database.reader() as connection:
            return _marks(connection, _number(connection, run_id))

    def mark(self, run_id: str, *, tags: Iterable[str] | None = None, note: str | None = None) -> Marks:
        """Give the run tags, a note or both, in the place of what it had; what it has then.

        Raises UnknownRun, and UserError where a tag or the note is not fit to be one; then nothing is changed.
        """
        new_tags = None if tags is None else checked_tags(tags)
        new_note = None if note is None else checked_note(note)
        with changing(self._database) as connection:
            number = _number(connection, run_id)
            if new_tags is not None:
                connection.execute(delete(Tag).where(Tag.run == number))
                for tag in new_tags:
                    connection.execute(insert(Tag).values(run=number, tag=tag))
            if new_note is not None:
                connection.execute(delete(Note).where(Note.run == number))
            if new_note:
                connection.execute(insert(Note).values(run=number, text=new_note))
            index(connection, number)
            return _marks(connection, number)

    def delete(self, run_ids: Iterable[str]) -> int:
        """Take runs out of sight; how many were in sight. They can be restored for a day."""
        with changing(self._database) as connection:
            return sum(_delete(connection, run_id, self._now()) for run_id in run_ids)

    def restore(self, run_ids: Iterable[str]) -> int:
        """Bring deleted runs back; how many there were."""
        with changing(self._database) as connection:
            return sum(_restore(connection, run_id) for run_id in run_ids)

    def purge(self, older_than: float = KEPT_SECONDS) -> int:
        """Remove for good what was deleted more than `older_than` seconds ago; how many runs."""
        with changing(self._database) as connection:
            return purge(connection, self._now() - older_than)


def purge(connection: Connection, before: float) -> int:
    """Remove for good the runs deleted before `before` (Unix seconds), with everything of theirs; how many."""
    numbers = connection.scalars(select(Run.number).where(Run.deleted_at < before)).all()
    for number in numbers:
        forget(connection, number)
        connection.execute(delete(Run).where(Run.number == number))
    return len(numbers)


def _number(connection: Connection, run_id: str) -> int:
    number = connection.scalar(select(Run.number).where(Run.id == run_id, Run.deleted_at.is_(None)))
    if number is None:
        raise UnknownRun(run_id)
    return number


def _marks(connection: Connection, number: int) -> Marks:
    tags = connection.scalars(select(Tag.tag).where(Tag.run == number).order_by(Tag.tag)).all()
    note = connection.scalar(select(Note.text).where(Note.run == number))
    return Marks(tuple(tags), note or "")


def _delete(connection: Connection, run_id: str, now: float) -> int:
    change = update(Run).where(Run.id == run_id, Run.deleted_at.is_(None)).values(deleted_at=now)
    number = connection.scalar(change.returning(Run.number))
    if number is None:
        return 0
    forget(connection, number)
    return 1


def _restore(connection: Connection, run_id: str) -> int:
    change = update(Run).where(Run.id == run_id, Run.deleted_at.is_not(None)).values(deleted_at=None)
    number = connection.scalar(change.returning(Run.number))
    if number is None:
        return 0
    index(connection, number)
    return 1
