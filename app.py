"""Disputatio's entry: wires the engine to the record and the pages, and offers both on the command line."""

import json
import queue
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from engine import events
from engine.batch import Plan, require_ids
from engine.errors import UserError
from engine.profiling import Notebook, Profiling
from engine.protocols import DEFAULT_PROTOCOL, find_protocol
from engine.question import Question
from engine.question_file import read_questions, sample
from engine.roster import Roster
from engine.runtimes import choose
from engine.weights import missing
from engine.weights import pull as pull_weights
from engine.weights.pulls import Pulls
from storage.export import export as export_runs
from ui.page_export import page
from ui.terminal import batching
from ui.terminal.arguments import given_settings, read_document
from ui.terminal.batch_table import as_json as as_json_object
from ui.terminal.batch_table import print_results
from ui.terminal.narration import narrate
from ui.terminal.options import (
    DATA,
    DEFAULT_DATABASE,
    DatabaseOption,
    MemoryOption,
    PoolOption,
    ProfileOption,
    RuntimeOption,
    ServerOption,
)
from ui.terminal.profiling import ProfilingBars
from ui.terminal.pulling import PullBars
from ui.terminal.report import report
from ui.terminal.wiring import Models, pools, recording, require_weights, stderr, tell

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def serve(
    pool: PoolOption = "pocket",
    runtime: RuntimeOption = "auto",
    server: ServerOption = None,
    memory: MemoryOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    profile: ProfileOption = None,
    host: str = "127.0.0.1",
    port: int = 7860,
) -> None:
    """Serve the pages until interrupted."""
    from ui.application import build
    from ui.server import Server

    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    models = Models(runtime, server, memory)
    with (
        recording(database) as (recorder, traces, curation, batches),
        models.engine(roster, recorder.record) as engine,
        closing(Pulls(engine.runtime_name, engine.warm_up)) as pulls,
    ):
        if absent := missing(roster.pool, engine.runtime_name):
            names = ", ".join(expert.title for expert in absent)
            tell(f"The weights of {names} are not here yet: the page Experts fetches them.")
        engine.warm_up()
        Server(build(engine, recorder, traces, curation, batches, catalogue, pulls), host, port).run()


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="May be left out with --draft.")] = "",
    choice: Annotated[list[str] | None, typer.Option(help="A choice; repeat for each.")] = None,
    document: Annotated[Path | None, typer.Option(help="A text file the question is about.")] = None,
    draft: Annotated[Path | None, typer.Option(help="A text file to check against the document.")] = None,
    gold: Annotated[str | None, typer.Option(help="The right answer, to judge by.")] = None,
    protocol: str = DEFAULT_PROTOCOL,
    k: Annotated[int | None, typer.Option(help="How many experts are recruited.")] = None,
    setting: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of the protocol; repeat for more.")
    ] = None,
    seed: int | None = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    pool: PoolOption = "pocket",
    runtime: RuntimeOption = "auto",
    server: ServerOption = None,
    memory: MemoryOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    profile: ProfileOption = None,
) -> None:
    """Pose a question: progress goes to stderr, the answer to stdout, the run to the record."""
    settings = given_settings(setting or [], k)
    followed = find_protocol(protocol)
    posed = Question.posed(
        question, tuple(choice or ()), read_document(document), gold, draft=read_document(draft)
    )
    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    models = Models(runtime, server, memory)
    coming: queue.SimpleQueue[events.Event] = queue.SimpleQueue()
    with recording(database) as (recorder, traces, *_):

        def sink(event: events.Event) -> None:
            recorder.record(event)
            coming.put(event)

        with models.engine(roster, sink) as engine:
            require_weights(roster.pool, pool, engine.runtime_name)
            run = engine.ask(posed, followed, settings, seed)
            signal.signal(signal.SIGINT, lambda *_: engine.stop(run))
            finished = narrate(coming, stderr)
        recorder.flush()
        if finished.outcome == "failed":
            raise UserError(finished.error or "The run failed.")
        if as_json:
            print(json.dumps(report(traces, run), ensure_ascii=False))
        elif finished.text is not None:
            print(finished.text)
    if finished.outcome == "stopped":
        raise UserError(f"Run {run} was stopped; what it had is in the record.")


@cli.command()
def pull(pool: PoolOption = "pocket", runtime: RuntimeOption = "auto") -> None:
    """Fetch a pool's weights and prepare them for the runtime."""
    chosen = pools(pool).named
    with PullBars(stderr) as bars:
        pull_weights(chosen, choose(runtime).name, bars.show)
    stderr.print(f"Pool {chosen.name} is ready.", highlight=False)


@cli.command()
def profile(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of validation questions.")] = None,
    add: Annotated[
        str | None, typer.Option(help="An expert to add to the pool's profile; only it is asked.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Questions drawn of each file.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the profile goes.")] = None,
    seed: int = 0,
    pool: PoolOption = "pocket",
    runtime: RuntimeOption = "auto",
    server: ServerOption = None,
    memory: MemoryOption = None,
    profile: ProfileOption = None,
) -> None:
    """Build the pool's profile by real runs: skills, answers, and the test of aggregators. Resumes when killed."""
    if bool(files) == bool(add):
        raise UserError(
            "Name files of validation questions to build a profile, or with --add the expert to add."
        )
    questions = [question for path in files or () for question in sample(read_questions(path), limit, seed)]
    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    chosen = roster.pool
    target = out or DATA / "profiles" / f"{chosen.name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    notebook = Notebook(target.with_suffix(f".{add}.notebook.jsonl" if add else ".notebook.jsonl"))
    profiling = Profiling(notebook)
    with (
        Models(runtime, server, memory).engine(Roster(chosen), profiling.record) as engine,
        ProfilingBars(stderr) as bars,
    ):
        require_weights(chosen, pool, engine.runtime_name)
        how = f"runtime {engine.runtime_name}; seed {seed}"
        if add:
            chosen.expert(add)
            if roster.profile is None:
                raise UserError(f"Pool {chosen.name} has no profile to add {add} to: build one from files.")
            built = profiling.extend(engine, roster.profile, add, seed, f"{add} added, {how}", bars.show)
        else:
            sources = ", ".join(f"{limit or 'all'} of {path.name}" for path in files or ())
            made_how = f"disputatio profile over {sources}; {how}"
            built = profiling.build(engine, questions, seed, made_how, bars.show)
    target.write_text(built.model_dump_json(indent=1) + "\n", "utf-8")
    notebook.path.unlink(missing_ok=True)
    tell(
        f"Profile of {len(built.questions)} questions, {len(built.skills())} skills and {len(built.tests)} "
        f"aggregator tests: {target}"
    )


@cli.command()
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
    out: Annotated[
        Path | None, typer.Option(help="A folder for the results: results.json and runs.jsonl.")
    ] = None,
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
    settings = followed.read_settings(given_settings(setting or [], k)).model_dump(mode="json")
    questions = [question for path in files for question in sample(read_questions(path), limit, seed)]
    require_ids(questions)
    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    title = " + ".join(path.name for path in files)
    with recording(database) as (recorder, traces, _, batches):
        models = Models(runtime, server, memory)
        known = f"{roster.profile.made}, {roster.profile.made_how}" if roster.profile else ""
        plan = Plan(tuple(questions), followed, settings, roster.pool.name, known, models.name, seed)
        begun = batching.begun(batches, traces, plan, title)

        def sink(event: events.Event) -> None:
            recorder.record(event)
            begun.record(event)

        if waiting := batching.left(begun, batches):
            with models.engine(roster, sink) as engine:
                require_weights(roster.pool, pool, engine.runtime_name)
                signal.signal(signal.SIGINT, lambda *_: begun.stop(engine.stop))
                batching.run(begun, waiting, engine, batches, stderr)
            recorder.flush()
        unfinished = batching.left(begun, batches)
        if not unfinished:
            batches.finish(begun.id)
        results = batches.results(begun.id)
        told = json.dumps(as_json_object(results), ensure_ascii=False)
        if as_json:
            print(told)
        else:
            print_results(Console(), results)
        if out:
            out.mkdir(parents=True, exist_ok=True)
            (out / "results.json").write_text(told + "\n", "utf-8")
            runs = [run.id for run in batches.runs(begun.id).values()]
            (out / "runs.jsonl").write_text(
                "".join(f"{line}\n" for line in export_runs(traces, runs)), "utf-8"
            )
    if unfinished:
        raise UserError(
            f"{len(unfinished)} of {len(questions)} questions are not done; the same command goes on with them."
        )


@cli.command()
def runs(
    search: Annotated[str, typer.Option(help="Words that all occur in a run.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """List recorded runs, newest first."""
    table = Table(Column("run", no_wrap=True), "status", "protocol", "answer", "question", box=None)
    with recording(database) as (_, traces, *_):
        for run in traces.page(search, limit=limit).runs:
            table.add_row(*map(_plain, (run.id, run.status, run.protocol, run.answer or "", run.question)))
    Console().print(table)


@cli.command()
def export(
    run_ids: list[str],
    html: Annotated[
        bool, typer.Option("--html", help="One run, as a page that opens without Disputatio.")
    ] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Print runs as JSON Lines: everything the record has of them."""
    if html and len(run_ids) > 1:
        raise UserError("A page shows one run: export each run to a file of its own.")
    with recording(database) as (_, traces, *_):
        for text in [page(traces, run_ids[0])] if html else export_runs(traces, run_ids):
            print(text)


def _plain(text: str) -> Text:
    return Text(" ".join(text.split())[:120])


def main() -> None:
    """The command line. An error that a person can mend is one line on stderr and exit status 1."""
    try:
        cli()
    except UserError as error:
        print(f"disputatio: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
