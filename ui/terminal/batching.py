"""Runs a batch from the command line: goes on where it was, shows its progress, and keeps its results."""

import time
from contextlib import closing
from dataclasses import dataclass

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
from engine.engine import Engine
from engine.errors import UserError
from engine.question import Question
from engine.scheduler import Usage
from storage import batch_records
from storage.batches import Batches
from storage.filters import SILENT_SECONDS
from storage.traces import Traces

RATE_SECONDS = 20.0
"""Tokens a second are told of this last while."""


def begun(batches: Batches, traces: Traces, plan: Plan, title: str) -> Batch:
    """The plan's batch: a new one, or the one that was begun before, to go on with.

    Raises UserError where another process runs it.
    """
    record = batches.begin(
        plan.key,
        title=title,
        protocol=plan.protocol.name,
        settings=dict(plan.settings),
        pool=plan.pool,
        runtime=plan.runtime,
        seed=plan.seed,
        questions=len(plan.questions),
    )
    if any(run.status == "running" for run in batches.runs(record.id).values()):
        time.sleep(
            SILENT_SECONDS + 1
        )  # a process that was killed just now is not known to be gone before that
    runs = batches.runs(record.id)
    if any(run.status == "running" for run in runs.values()):
        raise UserError(f"Batch {record.id} is being run by another process: wait for it, or end that first.")
    interrupted = {
        question: Interrupted(run.id, batches.answered(run.id))
        for question, run in runs.items()
        if run.status != "done"
    }
    drawn = [
        event["first_drawn"]
        for run in runs.values()
        if run.status == "done"
        for event in traces.events(run.id)
        if event["kind"] == events.ExpertsRecruited.kind
    ]
    return Batch(record.id, plan, interrupted, drawn)


def left(batch: Batch, batches: Batches) -> list[Question]:
    """The questions that are not done yet."""
    done = {question for question, run in batches.runs(batch.id).items() if run.status == "done"}
    return [question for question in batch.plan.questions if question.id not in done]


def run(batch: Batch, questions: list[Question], engine: Engine, batches: Batches, console: Console) -> None:
    """Run the questions that are left, with a progress bar. What it used is added to the batch however it ends."""
    before = engine.usage()
    total = len(batch.plan.questions)
    try:
        with (
            closing(batch.run(engine, questions)) as coming,
            _Bar(console, total - len(questions), total) as bar,
        ):
            for event in coming:
                bar.tell(event)
    finally:
        batches.add_usage(batch.id, _recorded(engine.usage().since(before)))


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
    """Tokens that came in the last while."""

    came: list[tuple[float, int]]

    def add(self, tokens: int) -> float:
        """Count tokens; tokens a second now."""
        now = time.monotonic()
        self.came.append((now, tokens))
        while self.came[0][0] < now - RATE_SECONDS:
            self.came.pop(0)
        spent = now - self.came[0][0]
        return sum(count for _, count in self.came) / spent if spent else 0.0


class _Bar:
    def __init__(self, console: Console, done: int, total: int) -> None:
        self._console = console
        self._done = done
        self._pace = _Pace([])
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
                pace = self._pace.add(event.tokens)
                self._progress.update(self._task, pace=f"{pace:,.0f} tokens/s")
            case events.CallFinished():
                self._answered += 1
                self._progress.update(self._task, description=f"{self._answered} calls, questions")
            case events.RunFinished():
                self._progress.advance(self._task)
                if event.outcome == "failed":
                    self._console.print(f"{event.run}: {event.error}", markup=False, highlight=False)
