"""When what happened in a run: its steps and its calls with their times, read from its events."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_ENDS = ("call_finished", "call_failed")


@dataclass(slots=True)
class CallTimes:
    """When a call was queued, given to its model, and over, in Unix seconds. `step` is the index of its step."""

    queued: float
    started: float | None
    ended: float | None
    step: int
    task: str


@dataclass(slots=True)
class StepTimes:
    """A step as it was entered; it ends where the next one begins."""

    name: str
    started: float
    ended: float


@dataclass(frozen=True, slots=True)
class Chronology:
    """A run's steps in the order they were entered, and its calls by name; times in Unix seconds."""

    started: float
    ended: float
    steps: tuple[StepTimes, ...]
    calls: dict[str, CallTimes]


def chronology(events: Iterable[dict[str, Any]]) -> Chronology:
    """The times of a run that has begun. Of a call that was asked anew the last time counts.

    What came before the first step belongs to a step "start" of its own.
    """
    steps: list[StepTimes] = []
    calls: dict[str, CallTimes] = {}
    started = ended = 0.0
    for event in events:
        at = ended = event["at"]
        match event["kind"]:
            case "run_started":
                started = started or at
            case "step_started":
                steps.append(StepTimes(event["step"], at, at))
            case "call_queued":
                if not steps:
                    steps.append(StepTimes("start", at, at))
                task = event.get("task", "generate")
                calls[event["call"]] = CallTimes(at, None, None, len(steps) - 1, task)
            case "call_started":
                calls[event["call"]].started = at
            case kind if kind in _ENDS:
                calls[event["call"]].ended = at
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        step.ended = following.started if following else ended
    return Chronology(started, ended, tuple(steps), calls)
