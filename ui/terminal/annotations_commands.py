"""The commands for annotations: files of them, how far annotators agree, and models that judge."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from storage.agreement import agreement as agreement_of
from storage.annotation_files.files import Format, written
from storage.record import recording
from ui.terminal.agreement_table import print_agreement
from ui.terminal.file_output import OutOption, write
from ui.terminal.import_command import annotations as import_annotations
from ui.terminal.judge_command import judge
from ui.terminal.options import DEFAULT_DATABASE, DatabaseOption
from ui.terminal.printable import printable

annotations = typer.Typer(no_args_is_help=True, help="Annotations: files, agreement, model judges.")
annotations.command("import")(import_annotations)
annotations.command()(judge)

QueueArgument = Annotated[
    str, typer.Argument(help="The queue's id: `disputatio annotations queues` lists them.")
]


@annotations.command()
def queues(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """List the queues, newest first: id, items, title."""
    with recording(database) as record:
        for queue in record.annotations.queues():
            typer.echo(f"{queue.id}\t{queue.items}\t{printable(' '.join(queue.title.split()))}")


@annotations.command()
def export(
    queue: QueueArgument,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="jsonl: everything; csv: a row for each marked part; dpo: preference pairs for TRL's DPOTrainer.",
        ),
    ] = "jsonl",
    out: OutOption = None,
    voted: Annotated[
        bool, typer.Option("--voted", help="With dpo: also pairs that experts decided by vote.")
    ] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Write a queue's finished annotations, or the preference pairs of its runs."""
    with recording(database) as record:
        record.annotations.queue(queue)
        write(written(record.traces, record.annotations, queue, form, voted=voted), out)


@annotations.command()
def agreement(
    queue: QueueArgument,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Tell how far a queue's annotators agree."""
    with recording(database) as record:
        labels = record.annotations.queue(queue).schema.labels
        found = agreement_of(record.annotations.of_queue(queue), labels)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        print_agreement(Console(), found)
