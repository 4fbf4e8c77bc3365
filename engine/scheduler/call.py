"""One model call on its way through the scheduler, and the reply it comes back with."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from engine.pool import Expert
from engine.runtimes.base import Delta, Message, Sampling


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered. Times in seconds: in the queue, from start to first token, from queued to end."""

    call: str
    expert: Expert
    text: str
    prompt_tokens: int
    tokens: int
    seconds_queued: float
    seconds_to_first_token: float
    seconds: float
    finish_reason: str


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
    """A run whose calls the scheduler serves. `outstanding` counts its calls that are waiting or running."""

    name: str
    began: float
    batch: bool
    outstanding: int = 0


@dataclass(eq=False, slots=True)
class Call:
    """A call of one run to one expert. `stage` is the ordinal of the protocol's step it belongs to."""

    run: RunInFlight
    name: str
    expert: Expert
    messages: tuple[Message, ...]
    sampling: Sampling
    stage: int
    listener: Listener
    queued: float = 0.0
    reply: asyncio.Future[Reply] = field(init=False)
    task: asyncio.Task[None] | None = None
