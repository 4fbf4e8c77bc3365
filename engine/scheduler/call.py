"""One model call on its way through the scheduler, and the reply it comes back with."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from engine.pool import Expert
from engine.runtimes.base import Delta
from engine.scheduler.task import Task


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered. Times in seconds: in the queue, from start to first token, from queued to end.

    `values` are the numbers that a task other than generating gives; `text` is empty then.
    """

    call: str
    expert: Expert
    text: str
    prompt_tokens: int
    tokens: int
    seconds_queued: float
    seconds_to_first_token: float
    seconds: float
    finish_reason: str
    values: list[float] | None = None

    @property
    def cut_off(self) -> bool:
        """Whether it ended at its limit of tokens."""
        return self.finish_reason == "length"


class Listener(Protocol):
    """Whoever wants to know how a call is getting on."""

    def loading(self, share: float | None, message: str) -> None:
        """The call's expert is being loaded."""
        ...

    def started(self) -> None:
        """The call was given to the runtime."""
        ...

    def came(self, delta: Delta) -> None:
        """New text came."""
        ...


class Unheard:
    """A listener for calls that nobody follows."""

    def loading(self, share: float | None, message: str) -> None:
        """Say nothing."""

    def started(self) -> None:
        """Say nothing."""

    def came(self, delta: Delta) -> None:
        """Say nothing."""


@dataclass(slots=True)
class RunInFlight:
    """A run whose calls the scheduler serves. `outstanding` counts its calls that are waiting or running.

    While it is `resting` it waits for other runs, and will send no calls before they have done something.
    """

    name: str
    began: float
    batch: bool
    outstanding: int = 0
    resting: bool = False


@dataclass(eq=False, slots=True)
class Call:
    """A call of one run to one expert. `stage` is the ordinal of the protocol's step it belongs to.

    Calls with the same `group` are samples of one prompt: as many of them as there are slots are one request.
    """

    run: RunInFlight
    name: str
    expert: Expert
    task: Task
    stage: int
    listener: Listener
    queued: float = 0.0
    group: object = None
    reply: asyncio.Future[Reply] = field(init=False)
    work: asyncio.Task[None] | None = None
