"""Runs of other records, made anew from their events."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select

from engine.events import from_json, to_json
from storage.changing import changing
from storage.database import Database
from storage.following import all_events
from storage.imports.json_line import Unreadable
from storage.imports.report import Imported
from storage.imports.run_line import RunLine, read_run
from storage.schema import Note, Run, Tag
from storage.search import index
from storage.writing import EventData, merged, write


def import_runs(database: Database, lines: Iterable[str]) -> Imported:
    """Take the runs of a file of JSON Lines, as `storage.exports.jsonl` writes them, with their tags and notes.

    A run that is there already with the same events is left as it is. One that differs, and a line that is not
    right, is left out and told. Each run is written as a whole or not at all. Raises NotWritten.
    """
    came = Imported()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            run = read_run(line)
            with changing(database) as connection:
                if _is_there(connection, run):
                    came.already += 1
                else:
                    _write(connection, run)
                    came.taken += 1
        except Unreadable as error:
            came.leave_out(number, str(error))
        except OverflowError:
            came.leave_out(number, "A number in the run has more than 64 bits.")
    return came


def _is_there(connection: Connection, run: RunLine) -> bool:
    """Whether the very run is recorded. Raises Unreadable where another one is."""
    row = connection.execute(select(Run.number, Run.deleted_at).where(Run.id == run.id)).one_or_none()
    if row is None:
        return False
    if row.deleted_at is not None:
        raise Unreadable(
            f"Run {run.id} was deleted here: restore it, or wait a day until it is gone for good."
        )
    if _told(all_events(connection, run.id, row.number, 0)) != run.events:
        raise Unreadable(
            f"There is a run {run.id} with other events here: delete that first to take this one."
        )
    return True


def _told(events: Sequence[EventData]) -> list[EventData]:
    """Recorded events as a line has them: those of an older version have fields now that they had not then."""
    return merged(
        to_json(from_json({name: value for name, value in event.items() if name != "seq"}))
        for event in events
    )


def _write(connection: Connection, run: RunLine) -> None:
    # The time of its last event: a run that never finished is then an interrupted one at once.
    write(connection, run.events, set(), run.events[-1]["at"])
    number = connection.execute(select(Run.number).where(Run.id == run.id)).scalar_one()
    if run.tags:
        connection.execute(insert(Tag), [{"run": number, "tag": tag} for tag in run.tags])
    if run.note:
        connection.execute(insert(Note).values(run=number, text=run.note))
    index(connection, number)
