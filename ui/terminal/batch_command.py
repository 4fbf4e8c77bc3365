"""The command that puts files of questions through a protocol."""

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine import events
from engine.batch import Plan, require_ids
from engine.errors import UserError
from engine.protocols import DEFAULT_PROTOCOL, find_protocol
from engine.question import Question
from engine.question_file import read_questions, sample
from storage.exports.jsonl import export as export_runs
from storage.record import recording
from ui.terminal import batching
from ui.terminal.arguments import given_settings
from ui.terminal.batch_table import as_json as as_json_object
from ui.terminal.batch_table import print_results
from ui.terminal.options import (
    DEFAULT_DATABASE,
    DatabaseOption,
    MemoryOption,
    PoolOption,
    ProfileOption,
    RuntimeOption,
    ServerOption,
)
from ui.terminal.wiring import Models, pools, require_weights, stderr, tell


def batch(
    files: Annotated[list[Path], typer.Argument(help="Files of questions, JSON Lines or CSV.")],
    protocol: str = DEFAULT_PROTOCOL,
    k: Annotated[
        int | None, typer.Option(help="How many experts are recruited, or solutions sampled.")
    ] = None,
    setting: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of the protocol; repeat for more.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Questions drawn of each file, by the seed.")
    ] = None,
    seed: int = 0,
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
    profiled = {question.id for question in roster.profile.questions} if roster.profile else set()
    left_out = profiled if held_out else set()
    questions = [question for path in files for question in sample(_without(left_out, path), limit, seed)]
    require_ids(questions)
    if not questions:
        raise UserError(
            "No question is left to ask: with --held-out none of them may be in the pool's profile."
        )
    if known := sum(question.id in profiled for question in questions):
        tell(f"The pool's profile was made of {known} of these questions too: --held-out leaves them out.")
    followed.require_experts(checked, roster.pool)
    settings = checked.model_dump(mode="json")
    title = " + ".join(path.name for path in files)
    with recording(database) as record:
        batches = record.batches
        roster = replace(roster, critic_quality=record.annotations.critic_weights())
        models = Models(runtime, server, memory)
        plan = Plan(tuple(questions), followed, settings, roster, models.name, seed)
        begun = batching.begun(batches, plan, title)

        def sink(event: events.Event) -> None:
            record.recorder.record(event)
            begun.record(event)

        if waiting := batching.left(begun, batches, failed_too=retry_failed):
            with models.engine(roster, sink) as engine:
                require_weights(roster.pool, pool, engine.runtime_name)
                for ending in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(ending, lambda *_: begun.stop(engine.stop))
                batching.run(begun, waiting, engine, batches, stderr)
            record.recorder.flush()
        unfinished = batching.left(begun, batches)
        if not unfinished:
            batches.finish(begun.id)
        results = batches.results(begun.id)
        if results.figures.failed:
            tell(f"{results.figures.failed} runs failed: with --retry-failed their questions are asked anew.")
        told = json.dumps(as_json_object(results), ensure_ascii=False)
        if as_json:
            typer.echo(told)
        else:
            print_results(Console(), results)
        if out:
            out.mkdir(parents=True, exist_ok=True)
            (out / "results.json").write_text(told + "\n", "utf-8")
            runs = [run.id for run in batches.runs(begun.id).values()]
            (out / "runs.jsonl").write_text(
                "".join(f"{line}\n" for line in export_runs(record.traces, runs)), "utf-8"
            )
    if unfinished:
        raise UserError(
            f"{len(unfinished)} of {len(questions)} questions are not done; the same command goes on with them."
        )


def _without(left_out: set[str], path: Path) -> list[Question]:
    """The file's questions but those."""
    return [question for question in read_questions(path) if question.id not in left_out]
