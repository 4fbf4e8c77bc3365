"""Runs a batch from the command line: goes on where it was, shows its progress, and keeps its results."""

import time
from contextlib import closing
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from engine import events
from engine.batch import Batch, Interrupted, Plan
from engine.calling import Answered
from engine.engine import Engine
from engine.errors import UserError
from engine.question import Question
from engine.scheduler import Usage
from storage import batch_records
from storage.batches import Batches, BatchRun
from storage.filters import SILENT_SECONDS

RATE_SECONDS = 20
"""Tokens a second are told of this last while."""

USAGE_SECONDS = 5.0
"""How often what was used is added to the batch: a killed one loses no more than that."""


def begun(batches: Batches, plan: Plan, title: str) -> Batch:
    """The plan's batch: a new one, or the one that was begun before, to go on with.

    Raises UserError where another process runs it.
    """
    record = batches.begin(
        plan.key,
        title=title,
        protocol=plan.protocol.name,
        settings=dict(plan.settings),
        pool=plan.roster.pool.name,
        runtime=plan.runtime,
        seed=plan.seed,
        questions=len(plan.questions),
    )
    runs = batches.runs(record.id)
    if any(run.status == "running" for run in runs.values()):
        # A process that was killed just now is not known to be gone before that.
        time.sleep(SILENT_SECONDS + 1)
        runs = batches.runs(record.id)
    if any(run.status == "running" for run in runs.values()):
        raise UserError(f"Batch {record.id} is being run by another process: wait for it, or end that first.")
    interrupted = {
        question: Interrupted(run.id, _answered(batches, run))
        for question, run in runs.items()
        if run.status != "done"
    }
    return Batch(record.id, plan, interrupted, batches.drawn(record.id))


def _answered(batches: Batches, run: BatchRun) -> dict[str, Answered]:
    """The calls that need not be made again: of a run that failed none, as it may fail by what was answered."""
    if run.status == "failed":
        return {}
    return {name: Answered(*call) for name, call in batches.answered(run.id).items()}


def left(batch: Batch, batches: Batches, *, failed_too: bool = False) -> list[Question]:
    """The questions that are neither done nor failed yet, or not done at least."""
    over = {"done"} if failed_too else {"done", "failed"}
    ended = {question for question, run in batches.runs(batch.id).items() if run.status in over}
    return [question for question in batch.plan.questions if question.id not in ended]


def run(batch: Batch, questions: list[Question], engine: Engine, batches: Batches, console: Console) -> None:
    """Run the questions that are left, with a progress bar. What it uses is added to the batch as it goes."""
    used = engine.usage()
    added = time.monotonic()
    total = len(batch.plan.questions)

    def add_usage() -> None:
        nonlocal used, added
        now = engine.usage()
        batches.add_usage(batch.id, _recorded(now.since(used)))
        used, added = now, time.monotonic()

    try:
        with (
            closing(batch.run(engine, questions)) as coming,
            _Bar(console, total - len(questions), total) as bar,
        ):
            for event in coming:
                bar.tell(event)
                if time.monotonic() - added > USAGE_SECONDS:
                    add_usage()
    finally:
        add_usage()


def _recorded(usage: Usage) -> batch_records.Usage:
    return batch_records.Usage(
        seconds=usage.seconds,
        loading=usage.loading,
        generating=usage.generating,
        idle=usage.idle,
        loads=usage.loads,
    )


@dataclass(slots=True)
class _Pace:
    """Tokens that came in each of the last seconds."""

    came: dict[int, int] = field(default_factory=dict)

    def add(self, tokens: int) -> float | None:
        """Count tokens; tokens a second, once every second."""
        now = int(time.monotonic())
        begins = now not in self.came
        self.came[now] = self.came.get(now, 0) + tokens
        if not begins or len(self.came) == 1:
            return None
        self.came = {second: count for second, count in self.came.items() if second >= now - RATE_SECONDS}
        whole = {second: count for second, count in self.came.items() if second < now}
        return sum(whole.values()) / (now - min(whole)) if whole else None


class _Bar:
    def __init__(self, console: Console, done: int, total: int) -> None:
        self._console = console
        self._pace = _Pace()
        self._answered = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=console,
        )
        self._task = self._progress.add_task("questions", total=total, completed=done, pace="")

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, event: events.Event) -> None:
        match event:
            case events.CallDelta():
                if (pace := self._pace.add(event.tokens)) is not None:
                    self._progress.update(self._task, pace=f"{pace:,.0f} tokens/s")
            case events.CallFinished():
                self._answered += 1
                self._progress.update(self._task, description=f"{self._answered} calls, questions")
            case events.RunFinished():
                self._progress.advance(self._task)
                if event.outcome == "failed":
                    self._console.print(f"{event.run}: {event.error}", markup=False, highlight=False)
