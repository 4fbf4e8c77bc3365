"""Queues as they are made, filled, closed and counted."""

import time
from collections.abc import Callable, Iterable

from sqlalchemy import delete, func, select, update

from storage.annotations import queues
from storage.annotations.label_schema import DEFAULT_SCHEMA, LabelSchema, LabelSchemas
from storage.annotations.matching import matching
from storage.annotations.queue_records import Progress, Queue, QueueFilters, QueueItem
from storage.annotations.tables import QueueRow
from storage.changing import changing
from storage.database import Database


class Queues:
    """The queues in a database. `now` gives the time in Unix seconds; `schemas` are those to make queues with.

    What takes a queue's id raises UnknownQueue; what changes raises NotWritten where the database cannot be written
    now.
    """

    def __init__(
        self, database: Database, schemas: LabelSchemas | None = None, now: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._schemas = schemas or LabelSchemas()
        self._now = now

    def schemas(self) -> tuple[LabelSchema, ...]:
        """The schemas a queue can be made with, the default one first."""
        return self._schemas.all()

    def schema_problems(self) -> tuple[str, ...]:
        """A sentence for every schema file that is not right, and so left out."""
        return self._schemas.problems()

    def create_queue(
        self,
        title: str,
        filters: QueueFilters,
        *,
        schema: str | LabelSchema = DEFAULT_SCHEMA,
        per_item: int = 1,
        annotators: Iterable[str] = (),
        blind: bool = True,
        anonymous: bool = False,
        created_by: str = "you",
    ) -> Queue:
        """Make a queue of the calls that match by now. Raises UserError where a setting is not right."""
        labels = self._schemas.schema(schema) if isinstance(schema, str) else schema
        with changing(self._database) as connection:
            number = queues.create(
                connection,
                self._now(),
                title=title,
                filters=filters,
                schema=labels,
                per_item=per_item,
                annotators=annotators,
                blind=blind,
                anonymous=anonymous,
                created_by=created_by,
            )
            return queues.read(connection, number)[0]

    def matching(self, filters: QueueFilters) -> int:
        """How many recorded calls a queue of these filters would have."""
        with self._database.reader() as connection:
            found = select(func.count()).select_from(matching(filters).subquery())
            return connection.execute(found).scalar_one()

    def queues(self) -> tuple[Queue, ...]:
        """All queues, newest first."""
        with self._database.reader() as connection:
            return queues.read(connection)

    def queue(self, queue: str) -> Queue:
        """The queue of that id."""
        with self._database.reader() as connection:
            return queues.read(connection, queues.number_of(connection, queue))[0]

    def items(self, queue: str) -> tuple[QueueItem, ...]:
        """The items of a queue, in order."""
        with self._database.reader() as connection:
            return queues.items(connection, queues.number_of(connection, queue))

    def item(self, item: int) -> QueueItem:
        """The item of that id."""
        with self._database.reader() as connection:
            return queues.item(connection, item)

    def refresh(self, queue: str) -> int:
        """Add the calls that match by now and are not in the queue yet, after the others; how many."""
        with changing(self._database) as connection:
            number = queues.number_of(connection, queue)
            (found,) = queues.read(connection, number)
            return queues.fill(connection, number, found.filters, found.per_item)

    def close_queue(self, queue: str) -> Queue:
        """Hand nothing out any more; what was begun can still be finished."""
        return self._close(queue, self._now())

    def open_queue(self, queue: str) -> Queue:
        """Hand out items of a closed queue again."""
        return self._close(queue, None)

    def delete_queue(self, queue: str) -> None:
        """Remove a queue for good, with all that was made of its items."""
        with changing(self._database) as connection:
            number = queues.number_of(connection, queue)
            connection.execute(delete(QueueRow).where(QueueRow.number == number))

    def progress(self, queue: str, annotator: str) -> Progress:
        """How far a queue is, and the annotator in it."""
        with self._database.reader() as connection:
            return queues.progress(connection, queues.number_of(connection, queue), annotator)

    def _close(self, queue: str, at: float | None) -> Queue:
        with changing(self._database) as connection:
            number = queues.number_of(connection, queue)
            connection.execute(update(QueueRow).where(QueueRow.number == number).values(closed_at=at))
            return queues.read(connection, number)[0]
