"""What people and models make of recorded calls: queues of items, drafts, annotations and decisions."""

from storage.annotations import context, queues, reading
from storage.annotations.item_context import ItemContext
from storage.annotations.judging import Judging
from storage.annotations.quality import CriticQuality, critic_quality
from storage.annotations.records import Annotation, Decision
from storage.annotations.tables import AnnotationRow, DecisionRow, ItemRow

_DONE = AnnotationRow.status == "done"


class Annotations(Judging):
    """The annotations in a database: all that is done with queues and their items, and all that is read of them.

    Where `seen_by` is a person, of blind queues only what they said themselves is given.
    """

    def context(self, item: int) -> ItemContext:
        """What an item shows, without names of experts where its queue is anonymous. Raises UnknownCall."""
        with self._database.reader() as connection:
            return context.of_item(connection, item)

    def context_of(self, run: str, call: str) -> ItemContext:
        """What belongs to the judging of a call. Raises UnknownRun and UnknownCall."""
        with self._database.reader() as connection:
            return context.of_call(connection, run, call)

    def own(self, item: int, annotator: str) -> Annotation | None:
        """What a person made of an item, whatever its status."""
        by = AnnotationRow.annotator == annotator, AnnotationRow.kind == "human"
        with self._database.reader() as connection:
            return next(reading.annotations(connection, AnnotationRow.item == item, *by), None)

    def history(self, queue: str, annotator: str) -> tuple[int, ...]:
        """The items that a person had in hand in a queue, the one they were given last first."""
        with self._database.reader() as connection:
            return queues.history(connection, queues.number_of(connection, queue), annotator)

    def of_queue(
        self, queue: str, *, drafts: bool = False, seen_by: str | None = None
    ) -> tuple[Annotation, ...]:
        """What people and models finished in a queue, oldest first; with `drafts` also what they drafted."""
        statuses = AnnotationRow.status.in_(("done", "draft") if drafts else ("done",))
        with self._database.reader() as connection:
            within = AnnotationRow.queue == queues.number_of(connection, queue)
            return tuple(reading.annotations(connection, within, statuses, reading.seen(seen_by)))

    def of_item(self, item: int, *, seen_by: str | None = None) -> tuple[Annotation, ...]:
        """What people and models finished of an item, oldest first."""
        with self._database.reader() as connection:
            about = AnnotationRow.item == item
            return tuple(reading.annotations(connection, about, _DONE, reading.seen(seen_by)))

    def of_run(self, run: str, *, seen_by: str | None = None) -> tuple[Annotation, ...]:
        """What people and models finished of a run's calls, oldest first."""
        with self._database.reader() as connection:
            about = reading.of_run(run)
            return tuple(reading.annotations(connection, about, _DONE, reading.seen(seen_by)))

    def decision(self, item: int) -> Decision | None:
        """What was decided about an item."""
        with self._database.reader() as connection:
            return next(iter(reading.decisions(connection, DecisionRow.item == item)), None)

    def decisions(self, queue: str) -> tuple[Decision, ...]:
        """What was decided about the items of a queue, in their order."""
        with self._database.reader() as connection:
            return reading.decisions(connection, ItemRow.queue == queues.number_of(connection, queue))

    def critic_quality(self) -> CriticQuality:
        """How good each expert's critiques are by all that was finished."""
        with self._database.reader() as connection:
            return critic_quality(connection)

    def critic_weights(self) -> dict[str, float]:
        """What the engine weighs critics by, by expert."""
        return self.critic_quality().weights()
