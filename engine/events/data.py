"""Events as plain data and back."""

from dataclasses import asdict
from functools import cache
from typing import Any

from engine.events.event import Event


def to_json(event: Event) -> dict[str, Any]:
    """The event as plain data, with its `kind`."""
    return {"kind": event.kind, **asdict(event)}


def from_json(data: dict[str, Any]) -> Event:
    """The event that `to_json` made this of. Raises ValueError for an unknown kind."""
    fields = dict(data)
    kind = fields.pop("kind", None)
    if kind not in _kinds():
        raise ValueError(f"unknown event kind {kind!r}")
    return _kinds()[kind](**fields)


@cache
def _kinds() -> dict[str, type[Event]]:
    return {cls.kind: cls for cls in Event.__subclasses__()}
