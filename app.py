"""Disputatio's entry: wires the engine to the record and the pages, and offers both on the command line."""

import json
import queue
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from engine import events
from engine.errors import UserError
from engine.protocols import DEFAULT_PROTOCOL, find_protocol
from engine.question import Question
from engine.runtimes import choose
from engine.weights import missing
from engine.weights import pull as pull_weights
from engine.weights.pulls import Pulls
from storage.record import recording
from ui.accounts.loopback import require_users
from ui.terminal.annotations_commands import annotations
from ui.terminal.arguments import given_settings, read_document
from ui.terminal.batch_command import batch
from ui.terminal.export_command import export
from ui.terminal.import_command import runs as import_runs
from ui.terminal.narration import narrate
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
from ui.terminal.printable import for_stdout, printable
from ui.terminal.profile_command import profile
from ui.terminal.pulling import PullBars
from ui.terminal.report import report
from ui.terminal.user_commands import user
from ui.terminal.wiring import Models, pools, require_weights, stderr, tell

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
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 7860,
) -> None:
    """Serve the pages until interrupted."""
    from ui.application import build
    from ui.server import Server

    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    models = Models(runtime, server, memory)
    with recording(database) as record:
        require_users(host, record.accounts)
        with (
            models.engine(roster, record.recorder.record, record.annotations.critic_weights) as engine,
            closing(Pulls(engine.runtime_name, engine.warm_up)) as pulls,
        ):
            if absent := missing(roster.pool, engine.runtime_name):
                names = ", ".join(expert.title for expert in absent)
                tell(f"The weights of {names} are not here yet: the page Experts fetches them.")
            engine.warm_up()
            Server(build(engine, record, catalogue, pulls), host, port).run()


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="May be left out with --draft.")] = "",
    choice: Annotated[list[str] | None, typer.Option(help="A choice; repeat for each.")] = None,
    document: Annotated[Path | None, typer.Option(help="A text file the question is about.")] = None,
    draft: Annotated[
        Path | None,
        typer.Option(help="A text file to check against the document, by the protocol mamm-refine."),
    ] = None,
    gold: Annotated[str | None, typer.Option(help="The right answer, to judge by.")] = None,
    protocol: ProtocolOption = DEFAULT_PROTOCOL,
    k: Annotated[int | None, K] = None,
    setting: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of the protocol; repeat for more.")
    ] = None,
    seed: Annotated[int | None, SEED] = None,
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
    with recording(database) as record:

        def sink(event: events.Event) -> None:
            record.recorder.record(event)
            coming.put(event)

        with models.engine(roster, sink, record.annotations.critic_weights) as engine:
            require_weights(roster.pool, pool, engine.runtime_name)
            run = engine.ask(posed, followed, settings, seed)
            signal.signal(signal.SIGINT, lambda *_: engine.stop(run))
            finished = narrate(coming, stderr)
        record.recorder.flush()
        if finished.outcome == "failed":
            raise UserError(finished.error or "The run failed.")
        if as_json:
            print(for_stdout(json.dumps(report(record.traces, run), ensure_ascii=False)))
        elif finished.text is not None:
            print(for_stdout(finished.text))
    if finished.outcome == "stopped":
        raise UserError(f"Run {run} was stopped; what it had is in the record.")


@cli.command()
def pull(pool: PoolOption = "pocket", runtime: RuntimeOption = "auto") -> None:
    """Fetch a pool's weights and prepare them for the runtime."""
    chosen = pools(pool).named
    with PullBars(stderr) as bars:
        # Of a server's models only the embedder is here, and so the server need not be known.
        pull_weights(chosen, runtime if runtime == "openai" else choose(runtime).name, bars.show)
    stderr.print(f"Pool {chosen.name} is ready.", highlight=False)


cli.command()(profile)
cli.command()(batch)
cli.command()(export)
cli.command("import")(import_runs)
cli.add_typer(annotations, name="annotations")
cli.add_typer(user, name="user")


@cli.command()
def runs(
    search: Annotated[
        str, typer.Option(help="Words that all occur in a run: in what was asked, answered or noted.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """List recorded runs, newest first."""
    table = Table(Column("run", no_wrap=True), "status", "protocol", "answer", "question", box=None)
    with recording(database) as record:
        for run in record.traces.page(search, limit=limit).runs:
            table.add_row(*map(_plain, (run.id, run.status, run.protocol, run.answer or "", run.question)))
    Console().print(table)


def _plain(text: str) -> Text:
    return Text(" ".join(printable(text).split())[:120])


def _log_on_stderr() -> None:
    """stdout is for what was asked for alone, so that another program can read it."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.set_exc_info,
            structlog.processors.TimeStamper("%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def main() -> None:
    """The command line. An error that a person can mend is one line on stderr and exit status 1."""
    _log_on_stderr()
    try:
        cli()
    except UserError as error:
        print(f"disputatio: {printable(str(error))}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
