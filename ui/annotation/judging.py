"""Letting models judge queues: which judgings go on, how far each is, and stopping them."""

import threading
from dataclasses import dataclass

from engine.engine import Engine
from engine.errors import UserError
from engine.pool import Expert
from storage.record import Record
from ui.annotation.judge import Judge

RUNS_TOLD = 50


@dataclass(frozen=True, slots=True)
class JudgingState:
    """How far a judging is: `done` of `items` are judged, `failed` could not be; `problem` says why the last one.

    `runs` are the judge's runs, newest first, the newest `RUNS_TOLD` of them.
    """

    expert: str
    title: str
    items: int
    done: int
    failed: int
    problem: str | None
    running: bool
    stopped: bool
    runs: tuple[str, ...]


class Judging:
    """The judgings of an application, one at a time for each queue. May be used from any thread."""

    def __init__(self, engine: Engine, record: Record) -> None:
        self._engine = engine
        self._record = record
        self._judges: dict[str, Judge] = {}
        self._lock = threading.Lock()

    @property
    def experts(self) -> tuple[Expert, ...]:
        """Who can judge: the pool in use."""
        return self._engine.roster.pool.experts

    def start(self, queue: str, expert: str) -> JudgingState:
        """Have an expert judge what of a queue it has not judged yet, in the background.

        Raises UnknownQueue, and UserError where the queue is being judged, nothing is left, or there is no such expert.
        """
        judge = Judge(self._engine, self._record, self._engine.roster.pool.expert(expert), queue)
        with self._lock:
            before = self._judges.get(queue)
            if before and before.running:
                raise UserError(f"{before.expert.title} is judging this queue: wait for it, or stop it.")
            if not judge.items:
                raise UserError(f"{judge.expert.title} has judged every item of this queue already.")
            self._judges[queue] = judge
            judge.start()
        return _state(judge)

    def state(self, queue: str) -> JudgingState | None:
        """How far the last judging of a queue is; None where there was none since the application began."""
        judge = self._judges.get(queue)
        return _state(judge) if judge else None

    def stop(self, queue: str) -> JudgingState | None:
        """Stop the judging of a queue; what is judged stays."""
        if judge := self._judges.get(queue):
            judge.stop()
        return self.state(queue)

    def close(self) -> None:
        """Stop all judgings, and wait for their ends."""
        for judge in self._judges.values():
            judge.stop()
        for judge in self._judges.values():
            judge.wait()


def _state(judge: Judge) -> JudgingState:
    return JudgingState(
        expert=judge.expert.name,
        title=judge.expert.title,
        items=len(judge.items),
        done=judge.done,
        failed=judge.failed,
        problem=judge.problem,
        running=judge.running,
        stopped=judge.stopped,
        runs=tuple(reversed(judge.runs[-RUNS_TOLD:])),
    )
