"""A run's calls without what was asked and what was said: all that lists and tables tell of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Connection, func, select

from storage.schema import Call, RecordedEvent, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutline:
    """A call as in CallRecord, with its text's length in code points in place of the text.

    `task` is as in CallQueued; `queued_seq` is the event that queued the call.
    """

    name: str
    expert: str
    step: str
    task: str
    target: str | None
    status: str
    characters: int
    prompt_tokens: int | None
    tokens: int
    seconds_queued: float | None
    seconds: float | None
    answer: str | None
    correct: bool | None
    verdict: str | None
    queued_seq: int


def outline(connection: Connection, kept: ColumnElement[bool]) -> Sequence[CallOutline]:
    """The calls of the run that `kept` selects, in the order they were queued."""
    computed = {
        "task": func.coalesce(func.json_extract(RecordedEvent.data, "$.task"), "generate"),
        "characters": func.length(Call.text),
    }
    names = [field.name for field in fields(CallOutline)]
    columns = [computed[name].label(name) if name in computed else getattr(Call, name) for name in names]
    statement = select(*columns).join(Run, Run.number == Call.run)
    queued = (RecordedEvent.run == Call.run) & (RecordedEvent.seq == Call.queued_seq)
    rows = connection.execute(statement.join(RecordedEvent, queued).where(kept).order_by(Call.queued_seq))
    return [CallOutline(**row) for row in rows.mappings()]
