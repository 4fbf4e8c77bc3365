"""The work that a batch was: every call as the engine made it, for the other ways to do over again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from engine import events
from engine.errors import UserError


@dataclass(frozen=True, slots=True)
class Generation:
    """A call of a run, and how many tokens it wrote: all ways write as many, whatever the text."""

    run: str
    step: str
    expert: str
    messages: list[dict[str, str]]
    sampling: dict[str, Any]
    tokens: int


Stage = tuple[str, Sequence[Generation]]
"""What one start of an expert's engine has to generate: the expert's name, and its calls of one step."""


def work(seen: Iterable[events.Event]) -> list[Generation]:
    """The calls that were made, in the order asked. Raises UserError where one failed."""
    queued: dict[tuple[str, str], events.CallQueued] = {}
    tokens: dict[tuple[str, str], int] = {}
    for event in seen:
        match event:
            case events.CallQueued():
                queued[event.run, event.call] = event
            case events.CallFinished():
                tokens[event.run, event.call] = event.tokens
            case events.CallFailed():
                raise UserError(f"Call {event.call} failed, so there is nothing to compare: {event.message}")
    return [
        Generation(call.run, call.step, call.expert, call.messages, call.sampling, tokens[key])
        for key, call in queued.items()
    ]


def stages(generations: Iterable[Generation]) -> list[Stage]:
    """The calls by step and, within a step, by expert.

    Steps stay apart even where the expert is the same: what a call of a later step says is not known before the
    earlier one is done.
    """
    steps = list(dict.fromkeys(generation.step for generation in generations))

    def place(generation: Generation) -> tuple[int, str]:
        return steps.index(generation.step), generation.expert

    return [
        (expert, tuple(group)) for (_, expert), group in groupby(sorted(generations, key=place), key=place)
    ]


def sequence(generations: Iterable[Generation]) -> list[Stage]:
    """The calls of one question by stage; an expert that is at work in two stages in a row is started once for both."""
    return [
        (expert, tuple(one for _, calls in some for one in calls))
        for expert, some in groupby(stages(generations), key=lambda stage: stage[0])
    ]


def sampled(stage: Stage) -> bool:
    """Whether a stage has several samples of a prompt."""
    prompts = [str(one.messages) for one in stage[1]]
    return len(set(prompts)) < len(prompts)


def some_runs(generations: Sequence[Generation], count: int) -> list[list[Generation]]:
    """The calls of `count` runs or fewer, spread evenly over all of them, run by run."""
    runs = list(dict.fromkeys(generation.run for generation in generations))
    runs = runs[:: max(1, len(runs) // count)][:count]
    return [[one for one in generations if one.run == run] for run in runs]
