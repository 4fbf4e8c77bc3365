"""The command that writes runs into files."""

from typing import Annotated, Literal

import typer

from engine.errors import UserError
from storage.errors import UnknownRun
from storage.exports.inspect_log import write_inspect_log
from storage.exports.jsonl import export as export_lines
from storage.exports.openinference import openinference_lines
from storage.record import recording
from ui.page_export import page
from ui.terminal.file_output import OutOption, write
from ui.terminal.options import DEFAULT_DATABASE, DatabaseOption

_FORMATS = (
    "jsonl: all that the record has, to be imported elsewhere; html: one run, as a page that opens without "
    "Disputatio; inspect: a log for Inspect; openinference: OpenTelemetry spans, as JSON Lines."
)


def export(
    run_ids: list[str],
    form: Annotated[
        Literal["jsonl", "html", "inspect", "openinference"], typer.Option("--format", help=_FORMATS)
    ] = "jsonl",
    out: OutOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Write runs in one of several formats."""
    if form == "html" and len(run_ids) > 1:
        raise UserError("A page shows one run: export each run to a file of its own.")
    with recording(database) as record:
        for run in run_ids:  # before anything is written over
            if record.traces.status(run) is None:
                raise UnknownRun(run)
        match form:
            case "html":
                write([page(record.traces, run_ids[0]), "\n"], out)
            case "inspect" if out is None:
                raise UserError("A log for Inspect is a file of its own: name it with --out RUNS.eval.")
            case "inspect":
                write_inspect_log(record.traces, record.annotations, run_ids, out)
            case "openinference":
                lines = openinference_lines(record.traces, record.annotations, run_ids)
                write((f"{line}\n" for line in lines), out)
            case "jsonl":
                write((f"{line}\n" for line in export_lines(record.traces, run_ids)), out)
