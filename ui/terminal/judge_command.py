"""The command that lets a model judge a queue of critiques."""

import signal
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from engine.engine import Engine
from engine.errors import UserError
from storage.record import Record, recording
from ui.annotation.judge import Judge, require_critiques
from ui.terminal.options import (
    DEFAULT_DATABASE,
    DatabaseOption,
    MemoryOption,
    PoolOption,
    RuntimeOption,
    ServerOption,
)
from ui.terminal.wiring import Models, pools, require_weights, stderr, tell

LOOK_SECONDS = 0.2


def judge(
    queue: Annotated[str, typer.Argument(help="The queue's id.")],
    expert: Annotated[str, typer.Option(help="The expert of the pool that judges.")],
    pool: PoolOption = "pocket",
    runtime: RuntimeOption = "auto",
    server: ServerOption = None,
    memory: MemoryOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Have a model judge a queue's items. What it has judged already is skipped, so the same command goes on."""
    catalogue = pools(pool)
    roster = catalogue.roster(catalogue.named.name)
    roster.pool.expert(expert)
    with recording(database) as record:
        require_critiques(record.annotations.queue(queue))
        with Models(runtime, server, memory).engine(roster, record.recorder.record) as engine:
            require_weights(roster.pool, pool, engine.runtime_name)
            judged = _judged(engine, record, expert, queue)
    if judged.failed or judged.stopped:
        left = len(judged.items) - judged.done
        reason = f" {judged.problem}" if judged.problem else ""
        raise UserError(
            f"{left} of {len(judged.items)} items are not judged; the same command goes on.{reason}"
        )
    tell(f"{judged.expert.title} judged {judged.done} items.")


def _judged(engine: Engine, record: Record, expert: str, queue: str) -> Judge:
    """The judging when it has ended, with a progress bar until then."""
    judging = Judge(engine, record, engine.roster.pool.expert(expert), queue)
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: judging.stop())
    judging.start()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=stderr) as progress:
        bar = progress.add_task(f"{judging.expert.title} judges", total=len(judging.items))
        while not judging.wait(LOOK_SECONDS):
            progress.update(bar, completed=judging.done + judging.failed)
        progress.update(bar, completed=judging.done + judging.failed)
    return judging
