"""A run as a line of `storage.exports.jsonl`, read back and checked."""

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engine.errors import UserError
from engine.events import (
    CallDelta,
    CallFailed,
    CallFinished,
    CallQueued,
    CallStarted,
    Event,
    RunStarted,
    from_json,
    to_json,
)
from storage.imports.json_line import Moment, Unreadable, checked, read_line, told
from storage.marks import checked_note, checked_tags
from storage.writing import EventData, merged


class _Question(BaseModel):
    model_config = ConfigDict(strict=True)

    text: str
    choices: list[str] = []
    document: str | None = None
    draft: str | None = None
    kind: str | None = None
    gold: str | None = None
    id: str | None = None
    source: str | None = None
    category: str | None = None


class _Expert(BaseModel):
    model_config = ConfigDict(strict=True)

    name: str
    title: str = ""


class _Message(BaseModel):
    role: Literal["system", "user", "assistant"]
    content: str


class _Event(BaseModel):
    """What is checked of every event besides the types of its fields."""

    at: Moment
    messages: list[_Message] = []


class RunLine(BaseModel):
    """What of an exported run is needed to make it anew; calls and all else follow from its events."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
    events: Annotated[list[EventData], Field(min_length=1)]
    tags: tuple[str, ...] = ()
    note: str = ""


def read_run(line: str) -> RunLine:
    """The run of a line, its events as they would be recorded. Raises Unreadable."""
    run = checked(RunLine, read_line(line))
    events = [_event(run.id, number, data) for number, data in enumerate(run.events, 1)]
    _require_asked(events)
    if not isinstance(events[0], RunStarted):
        raise Unreadable("The run does not begin with the event run_started.")
    try:
        tags, note = checked_tags(run.tags), checked_note(run.note)
    except UserError as error:
        raise Unreadable(str(error)) from error
    return RunLine(id=run.id, events=merged(map(to_json, events)), tags=tags, note=note)


def _event(run: str, number: int, data: dict[str, Any]) -> Event:
    given = {name: value for name, value in data.items() if name != "seq"}
    try:
        from_json(given)  # knows of every kind, and of no field that it does not have
        own = {name: value for name, value in given.items() if name != "kind"}
        event = _kinds()[given["kind"]].validate_python(own)
        _Event.model_validate(given)
        if isinstance(event, RunStarted):
            _Question.model_validate(event.question)
            for expert in event.experts:
                _Expert.model_validate(expert)
    except ValidationError as error:
        raise Unreadable(f"Event {number}: {told(error)}") from error
    except (TypeError, ValueError) as error:
        raise Unreadable(
            f"Event {number} is not one that this version knows ({error}): update Disputatio if the file is newer."
        ) from error
    if event.run != run:
        raise Unreadable(f"Event {number} is of another run, {event.run!r}.")
    return event


def _require_asked(events: Sequence[Event]) -> None:
    """Raises Unreadable where something becomes of a call that nobody made."""
    asked: set[str] = set()
    for number, event in enumerate(events, 1):
        if isinstance(event, CallQueued):
            asked.add(event.call)
        elif (
            isinstance(event, CallStarted | CallDelta | CallFinished | CallFailed) and event.call not in asked
        ):
            raise Unreadable(f"Event {number}: the call {event.call!r} was not made before it.")


@cache
def _kinds() -> dict[str, TypeAdapter[Event]]:
    return {kind.kind: TypeAdapter(kind) for kind in Event.__subclasses__()}
