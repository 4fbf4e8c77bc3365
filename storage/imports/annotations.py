"""Annotations of other records, or of this one, taken from files."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from engine.errors import UserError
from storage.annotation_files.jsonl import Line
from storage.annotations.checking import text_hash
from storage.annotations.related import related
from storage.changing import changing
from storage.database import Database
from storage.errors import NotWritten, UnknownCall
from storage.imports.annotation_line import AnnotationLine
from storage.imports.annotation_rows import Place, put_annotation, put_decision, queue_item
from storage.imports.json_line import Unreadable, checked
from storage.imports.report import Imported
from storage.schema import Run


def import_annotations(database: Database, entries: Iterable[Line]) -> Imported:
    """Take annotations that `storage.annotation_files` wrote, with their queues and decisions.

    Each belongs to a run, a call of it and the very text that was judged. What is there already is left as it is;
    what differs from it, or is about a run or a text that is not here, is left out and told. Queues that are not
    here are made as they were. Raises NotWritten.
    """
    came = Imported()
    for number, entry in entries:
        try:
            if isinstance(entry, Unreadable):
                raise entry
            line = checked(AnnotationLine, entry)
            with changing(database) as connection:
                taken = _take(connection, line)
        except NotWritten:
            raise
        except (Unreadable, UserError) as error:
            came.leave_out(number, str(error))
            continue
        came.taken += taken
        came.already += not taken
        if line.decision is not None:
            try:
                with changing(database) as connection:
                    put_decision(connection, _place(connection, line), line.decision)
            except NotWritten:
                raise
            except (Unreadable, UserError) as error:
                came.tell(number, f"The decision about the item was not taken: {error}")
    return came


def _take(connection: Connection, line: AnnotationLine) -> bool:
    """Keep the annotation; whether it was not there yet. Raises Unreadable where it cannot be kept."""
    if line.stale:
        raise Unreadable("A text had changed since it was judged when this was written.")
    return put_annotation(connection, _place(connection, line), line)


def _place(connection: Connection, line: AnnotationLine) -> Place:
    """Where the annotation belongs; its queue and item are made where they are not here."""
    run = connection.scalar(select(Run.number).where(Run.id == line.run, Run.deleted_at.is_(None)))
    if run is None:
        raise Unreadable(
            f"The run {line.run} is not in this record: `disputatio import` takes it from its JSON Lines."
        )
    try:
        calls = related(connection, run, line.call)
    except UnknownCall as error:
        raise Unreadable(str(error)) from error
    if text_hash(calls.critique.text) != line.text_hash:
        raise Unreadable(f"The text of {line.call} in run {line.run} is not the one that was judged.")
    number, item = queue_item(connection, line.queue, run, line.call) if line.queue else (None, None)
    labels = line.queue.label_schema.names if line.queue else None
    return Place(run, number, item, calls, labels)
