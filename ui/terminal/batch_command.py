"""The command that puts files of questions through a protocol."""

import json
import signal
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine import events
from engine.batch import Batch, Plan, require_ids
from engine.errors import UserError
from engine.profile import Profile
from engine.protocols import DEFAULT_PROTOCOL, find_protocol
from engine.question import Question
from engine.question_file import read_questions, sample
from storage.exports.jsonl import export as export_runs
from storage.record import Record, recording
from ui.terminal import batching
from ui.terminal.arguments import given_settings
from ui.terminal.batch_output import require_writable, write_results
from ui.terminal.batch_table import as_json as as_json_object
from ui.terminal.batch_table import print_results
from ui.terminal.options import (
    DEFAULT_DATABASE,
    SEED,
    DatabaseOption,
    K,
    MemoryOption,
    PoolOption,
    ProfileOption,
    ProtocolOption,
    RuntimeOption,
    ServerOption,
)
from ui.terminal.printable import for_stdout
from ui.terminal.wiring import Models, pools, require_weights, stderr, tell


def batch(
    files: Annotated[list[Path], typer.Argument(help="Files of questions, JSON Lines or CSV.")],
    protocol: ProtocolOption = DEFAULT_PROTOCOL,
    k: Annotated[int | None, K] = None,
    setting: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of the protocol; repeat for more.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Questions drawn of each file, by the seed.")
    ] = None,
    seed: Annotated[int, SEED] = 0,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Leave out the questions that the pool's profile was made of.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="A folder for the results: results.json and runs.jsonl.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask the questions anew whose runs failed.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The results as one JSON object on stdout.")
    ] = False,
    pool: PoolOption = "pocket",
    runtime: RuntimeOption = "auto",
    server: ServerOption = None,
    memory: MemoryOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    profile: ProfileOption = None,
) -> None:
    """Put files of questions through a protocol, and tell how it went. Resumes when killed; asks nothing twice."""
    followed = find_protocol(protocol)
    checked = followed.read_settings(given_settings(setting or [], k))
    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    profiled = _profiled(roster.profile)
    left_out = profiled if held_out else set()
    questions = [question for path in files for question in sample(_read(path, left_out), limit, seed)]
    require_ids(questions)
    if not questions:
        raise UserError(
            "No question is left to ask: with --held-out none of them may be in the pool's profile."
        )
    if known := sum(_posed(question) in profiled for question in questions):
        tell(f"The pool's profile was made of {known} of these questions too: --held-out leaves them out.")
    followed.require_experts(checked, roster.pool)
    for question in questions:
        try:
            followed.require_document(question)
        except UserError as error:
            raise UserError(f"Question {question.id}: {error}") from error
    if out:
        require_writable(out)
    settings = checked.model_dump(mode="json")
    title = " + ".join(path.name for path in files)
    models = Models(runtime, server, memory)
    with recording(database) as record:
        batches = record.batches
        roster = replace(roster, critic_quality=record.annotations.critic_weights())
        plan = Plan(tuple(questions), followed, settings, roster, models.name, seed, server)
        with batching.begun(batches, plan, title) as begun:
            waiting = batching.left(begun, batches, failed_too=retry_failed)
            if waiting:
                try:
                    _ask(waiting, begun, models, record, pool)
                except UserError:
                    with suppress(UserError):  # what cannot be written now is told of next time
                        record.recorder.flush()
                        batches.drop_unasked(begun.id)  # it was refused before it began
                    raise
            unfinished = batching.left(begun, batches)
            if not unfinished:
                batches.finish(begun.id)
            results = batches.results(begun.id)
            runs = [run.id for run in batches.runs(begun.id).values()]
        if not waiting:
            done = time.strftime("%Y-%m-%d at %H:%M", time.localtime(results.batch.finished_at))
            tell(f"This is batch {begun.id}, which was done on {done}: nothing was asked now.")
        if results.figures.failed:
            tell(f"{results.figures.failed} runs failed: with --retry-failed their questions are asked anew.")
        told = json.dumps(as_json_object(results), ensure_ascii=False)
        if as_json:
            typer.echo(for_stdout(told))
        else:
            print_results(Console(), results)
        problems = [_left(len(unfinished), len(questions))] if unfinished else []
        if out:
            try:
                write_results(out, told, export_runs(record.traces, runs))
            except UserError as error:
                problems.append(str(error))
    if problems:
        raise UserError(" ".join(problems))


def _posed(question: Question) -> tuple[object, ...]:
    """What is asked, by which a question is known whatever its id, which may stand for another elsewhere."""
    return question.text, question.choices, question.document, question.draft


def _profiled(profile: Profile | None) -> set[tuple[object, ...]]:
    """The questions that the profile was made of."""
    questions = profile.questions if profile else ()
    return {(one.question, one.choices, one.document, one.draft) for one in questions}


def _read(path: Path, left_out: Collection[object]) -> list[Question]:
    """The file's questions but those. Raises UserError where it has none at all."""
    questions = read_questions(path)
    if not questions:
        raise UserError(f"Question file {path} is empty: put questions into it, or leave it out.")
    return [question for question in questions if _posed(question) not in left_out]


def _ask(questions: list[Question], batch: Batch, models: Models, record: Record, pool: str) -> None:
    """Ask the batch's questions, until all have ended or the person stops them; what happens is recorded."""

    def sink(event: events.Event) -> None:
        record.recorder.record(event)
        batch.record(event)

    roster = batch.plan.roster
    with models.engine(roster, sink) as engine:
        require_weights(roster.pool, pool, engine.runtime_name)
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: batch.stop(engine.stop))
        batching.run(batch, questions, engine, record.batches, stderr)
    record.recorder.flush()


def _left(unfinished: int, of: int) -> str:
    return f"{unfinished} of {of} questions are not done; the same command goes on with them."
