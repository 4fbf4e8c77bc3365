"""Queues as their items are handed out and judged."""

from storage.annotations import holding, keeping, queues, reading
from storage.annotations.queue_records import QueueItem
from storage.annotations.queueing import Queues
from storage.annotations.records import Annotation, Decision, Judgement, Kind
from storage.annotations.tables import DecisionRow
from storage.changing import changing


class Judging(Queues):
    """Handing out items, and keeping what people and models make of them.

    What opens or changes an item raises UnknownItem where there is none or its run is deleted. What takes an item and
    an annotator raises ItemTaken where the item is somebody else's or has all it wants, NotAnAnnotator where the queue
    is for others, and QueueClosed where they would begin it. Two people, threads or processes that ask at once never
    get the same last place of an item.
    """

    def next(self, queue: str, annotator: str) -> QueueItem | None:
        """The next item for the annotator, who has it for ten minutes; None where there is none for now.

        First what they began; then, in the queue's order, what they neither judged nor skipped: after the last one they
        did and, where there is none, before it.
        """
        with changing(self._database) as connection:
            number = queues.number_of(connection, queue)
            item = holding.next_item(connection, number, annotator, self._now())
            return None if item is None else queues.item(connection, item)

    def take(self, item: int, annotator: str) -> Annotation:
        """Open an item, to go back to it: the draft, or the annotation as it is where it is done.

        One that was skipped is a draft again.
        """
        with changing(self._database) as connection:
            number = holding.hold(connection, item, annotator, self._now())
            return reading.one(connection, number)

    def renew(self, item: int, annotator: str) -> None:
        """The annotator is still at work on an item: it is theirs for another ten minutes, unless they skipped it."""
        with changing(self._database) as connection:
            holding.renew(connection, item, annotator, self._now())

    def draft(
        self, item: int, annotator: str, judgement: Judgement, revision: int | None = None
    ) -> Annotation:
        """Keep what an annotator has by now. Raises UserError where a span is not inside a text of the item.

        `revision` is that of the annotation as the annotator last had it. Raises DraftOutdated where it has changed
        since, or is done.
        """
        return self._keep(item, annotator, judgement, revision, finished=False)

    def finish(
        self, item: int, annotator: str, judgement: Judgement, revision: int | None = None
    ) -> Annotation:
        """Keep what an annotator says at last; the same once more changes nothing. Raises as `draft` does.

        Raises UserError where nothing is said, or a span has no label.
        """
        return self._keep(item, annotator, judgement, revision, finished=True)

    def skip(self, item: int, annotator: str) -> Annotation:
        """Leave an item to others, who get it after all others. What was drafted is kept."""
        with changing(self._database) as connection:
            return reading.one(connection, keeping.skip(connection, item, annotator, self._now()))

    def reopen(self, item: int, annotator: str) -> Annotation:
        """Make a draft again of what was finished or skipped."""
        with changing(self._database) as connection:
            return reading.one(connection, keeping.reopen(connection, item, annotator, self._now()))

    def record_judged(
        self, item: int, model: str, judgement: Judgement, annotator: str | None = None
    ) -> Annotation:
        """Keep what a model says of an item, in the place of what it said before. It takes no person's place."""
        with changing(self._database) as connection:
            now, name = self._now(), annotator or model
            number = keeping.record_judged(connection, item, name, model, judgement, now)
            return reading.one(connection, number)

    def annotate(
        self,
        run: str,
        call: str,
        annotator: str,
        judgement: Judgement,
        *,
        kind: Kind = "human",
        model: str | None = None,
        at: float | None = None,
    ) -> Annotation:
        """Keep what somebody says of a call outside any queue, in the place of what they said before.

        Spans can have any labels. `at` is when it was said, now if not given. Raises UnknownRun, UnknownCall, and
        UserError as `finish` does.
        """
        said_at = self._now() if at is None else at
        with changing(self._database) as connection:
            number = keeping.annotate(connection, run, call, annotator, judgement, kind, model, said_at)
            return reading.one(connection, number)

    def decide(self, item: int, by: str, judgement: Judgement) -> Decision:
        """Keep what was decided about an item, in the place of what was decided before. Raises as `finish` does."""
        with changing(self._database) as connection:
            keeping.decide(connection, item, by, judgement, self._now())
            return reading.decisions(connection, DecisionRow.item == item)[0]

    def _keep(
        self, item: int, annotator: str, judgement: Judgement, revision: int | None, *, finished: bool
    ) -> Annotation:
        with changing(self._database) as connection:
            now = self._now()
            number = keeping.keep(connection, item, annotator, judgement, revision, now, finished=finished)
            return reading.one(connection, number)
