"""Runs a batch from the command line: goes on where it was, shows its progress, and keeps its results."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from rich.console import Console

from engine.batch import Batch, Interrupted, Plan
from engine.calling import Answered
from engine.critics import BY_QUALITY
from engine.engine import Engine
from engine.question import Question
from storage.batches import Batches
from ui.terminal.batch_bar import BatchBar
from ui.terminal.batch_usage import UsageAdding
from ui.terminal.wiring import tell


@contextmanager
def begun(batches: Batches, plan: Plan, title: str) -> Iterator[Batch]:
    """The plan's batch, kept to this process: a new one, or the one that was begun before, to go on with.

    Raises UserError where another process runs it.
    """
    plan = _as_begun(batches, plan)
    record = batches.begin(
        plan.key,
        title=title,
        protocol=plan.protocol.name,
        settings={**plan.settings, **plan.circumstances},
        pool=plan.roster.pool.name,
        runtime=plan.runtime,
        seed=plan.seed,
        questions=len(plan.questions),
    )
    with batches.held(record.id):
        interrupted = {
            question: Interrupted(
                run.id, {name: Answered(*call) for name, call in batches.answered(run.id).items()}
            )
            for question, run in batches.runs(record.id).items()
            if run.status != "done"
        }
        yield Batch(record.id, plan, interrupted, batches.drawn(record.id))


def _as_begun(batches: Batches, plan: Plan) -> Plan:
    """The plan with the critics' quality that it was begun with, if not finished: more may have been judged since."""
    if plan.settings.get("critics") != BY_QUALITY:
        return plan
    for batch in (summary.batch for summary in batches.page()):
        quality = batch.settings.get("critic_quality")
        if batch.finished_at is None and quality is not None:
            before = replace(plan, roster=replace(plan.roster, critic_quality=quality))
            if before.key == batch.key:
                return before
    return plan


def left(batch: Batch, batches: Batches, *, failed_too: bool = False) -> list[Question]:
    """The questions that are neither done nor failed yet, or not done at least."""
    over = {"done"} if failed_too else {"done", "failed"}
    ended = {question for question, run in batches.runs(batch.id).items() if run.status in over}
    return [question for question in batch.plan.questions if question.id not in ended]


def run(batch: Batch, questions: list[Question], engine: Engine, batches: Batches, console: Console) -> None:
    """Run the questions that are left, with a progress bar. What it uses is added to the batch as it goes."""
    batches.reopen(batch.id)
    total = len(batch.plan.questions)
    interrupted = (batch.interrupted.get(question.id or "") for question in questions)
    recorded = {
        one.run: sum(answered.finished.tokens for answered in one.answered.values())
        for one in interrupted
        if one
    }
    with (
        UsageAdding(batches, batch.id, engine.usage, tell),
        closing(batch.run(engine, questions)) as coming,
        BatchBar(console, total - len(questions), total, recorded) as bar,
    ):
        for event in coming:
            bar.tell(event)
