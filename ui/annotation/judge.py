"""One judging: an expert judges items of a queue, each in a run of its own, several at a time."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait

import structlog

from engine.engine import Engine
from engine.errors import UserError
from engine.pool import Expert
from engine.protocols.critique_judge import CRITIQUE_JUDGE, Label
from engine.question import Question
from engine.run import Batched
from storage.annotations.item_context import ItemContext
from storage.annotations.matching import CRITICAL_STEPS
from storage.annotations.queue_records import Queue, QueueItem
from storage.annotations.records import Judgement, NewSpan
from storage.errors import UnknownRun
from storage.record import Record

log = structlog.get_logger()

IN_FLIGHT = 4
"""How many items are judged at once: enough to keep an expert busy."""

GIVING_UP = 2 * IN_FLIGHT
"""After so many failures, and nothing judged, the others would fail as well."""

_PLACES = {"critique": "critique", "answer": "target"}
"""What a text of the judge's is called in the item's context."""


class Judge:
    """An expert and the `items` of a queue that it has not judged when this is made; what it says is kept as it comes.

    `runs` are the ids of its runs. Where the first items all fail it gives up.
    """

    def __init__(self, engine: Engine, record: Record, expert: Expert, queue: str) -> None:
        """Raises UnknownQueue, and UserError where the queue is not one of critiques."""
        asked = record.annotations.queue(queue)
        require_critiques(asked)
        self.expert = expert
        self.done = self.failed = 0
        self._problem: str | None = None
        self.stopped = False
        self.runs: list[str] = []
        self._engine = engine
        self._record = record
        self._roster = engine.roster
        self._labels = [
            Label(name=label.name, description=label.description) for label in asked.schema.labels
        ]
        who = expert.title, expert.model
        judged = {one.item for one in record.annotations.of_queue(queue) if (one.annotator, one.model) == who}
        self.items = [item for item in record.annotations.items(queue) if item.id not in judged]
        self._lock = threading.Lock()
        self._waiting = iter(self.items)
        self._workers = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="judge")
        self._ended: list[Future[None]] = []

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return any(not ended.done() for ended in self._ended)

    @property
    def problem(self) -> str | None:
        """Why the last item failed that did; or why a worker ended, as it does by what no person can mend."""
        faults = (ended.exception() for ended in self._ended if ended.done())
        fault = next(filter(None, faults), None)
        return f"The judging broke off ({fault!r}): what was judged is kept." if fault else self._problem

    def start(self) -> None:
        """Begin to judge, in the background."""
        self._ended = [self._workers.submit(self._work) for _ in range(min(IN_FLIGHT, len(self.items)))]
        for ended in self._ended:
            ended.add_done_callback(_log_failure)
        self._workers.shutdown(wait=False)

    def stop(self) -> None:
        """Judge nothing more, and end what is being judged."""
        with self._lock:
            self.stopped = self.stopped or self.running
            runs = list(self.runs)
        for run in runs:
            self._engine.stop(run)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended, or for so long; whether it has."""
        return not wait(self._ended, seconds).not_done

    def _work(self) -> None:
        while (item := self._next()) is not None:
            try:
                self._judge(item)
            except UserError as error:
                with self._lock:
                    self.failed += 0 if self.stopped else 1
                    self._problem = self._problem if self.stopped else str(error)
            else:
                with self._lock:
                    self.done += 1

    def _next(self) -> QueueItem | None:
        with self._lock:
            hopeless = self.failed >= GIVING_UP and not self.done
            return None if self.stopped or hopeless else next(self._waiting, None)

    def _judge(self, item: QueueItem) -> None:
        context = self._record.annotations.context_of(item.run, item.call)
        run = self._ask(self._question(item), item, context)
        self._engine.wait(run)
        self._record.recorder.flush()
        judgement = self._judgement(run)
        self._record.annotations.record_judged(
            item.id, self.expert.model, judgement, annotator=self.expert.title
        )

    def _ask(self, question: Question, item: QueueItem, context: ItemContext) -> str:
        settings = {
            "expert": self.expert.name,
            "critique": context.critique.text,
            "answer": context.target.text if context.target else "",
            "refined": context.refined.text if context.refined and context.shown else "",
            "labels": self._labels,
            "run": item.run,
            "call": item.call,
        }
        batched = Batched()  # so that it gives way to what a person asks
        with self._lock:
            if self.stopped:
                raise UserError("The judging was stopped.")
            self.runs.append(batched.run)
        run = self._engine.ask(question, CRITIQUE_JUDGE, settings, roster=self._roster, batched=batched)
        if self.stopped:
            self._engine.stop(run)
        return run

    def _question(self, item: QueueItem) -> Question:
        """What was asked in the run that is judged, without the right answer: nobody is to judge by that."""
        asked = self._record.traces.run(item.run)
        if asked is None:
            raise UnknownRun(item.run)
        return Question.posed(asked.question, asked.choices, asked.document, draft=asked.draft)

    def _judgement(self, run: str) -> Judgement:
        """What the judge's run came to. Raises UserError where it came to nothing."""
        told = self._record.traces.run(run)
        for event in self._record.traces.events(run):
            if event["kind"] == "critique_annotated":
                spans = tuple(
                    NewSpan(_PLACES[one["role"]], one["start"], one["end"], one["label"], one["comment"])
                    for one in event["spans"]
                )
                return Judgement(event["verdict"], event["followed"], event["comment"], spans)
        raise UserError(told.error if told and told.error else "The judge's run ended without a judgement.")


def require_critiques(queue: Queue) -> None:
    """Raises UserError where a queue's items are no critiques."""
    if queue.filters.step not in CRITICAL_STEPS:
        raise UserError("Models judge critiques only: make a queue of critiques, or of reviews.")


def _log_failure(ended: Future[None]) -> None:
    if error := ended.exception():
        log.error("judging_failed", exc_info=error)
