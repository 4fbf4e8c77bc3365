"""An expert's seat: its queue of calls and, while it is loaded, its model."""

from dataclasses import dataclass, field
from typing import Literal

from engine.errors import UserError
from engine.pool import Expert
from engine.runtimes.base import Model
from engine.scheduler.call import Call

SeatState = Literal["absent", "loading", "loaded", "leaving"]


@dataclass(eq=False, slots=True)
class Seat:
    """`memory` is what the expert needs while loaded, in bytes; `loads` counts how often it was loaded."""

    expert: Expert
    memory: int
    state: SeatState = "absent"
    waiting: list[Call] = field(default_factory=list)
    running: set[Call] = field(default_factory=set)
    model: Model | None = None
    last_used: float = 0.0
    loads: int = 0
    share: float | None = None
    message: str = ""
    problem: str | None = None

    @property
    def occupies(self) -> bool:
        """Whether it takes memory now."""
        return self.state != "absent"

    @property
    def outstanding(self) -> list[Call]:
        """Its calls that wait or run."""
        return [*self.waiting, *self.running]

    def fail_waiting(self, error: UserError) -> None:
        """Give the calls that wait an error for an answer."""
        for call in self.waiting:
            if not call.reply.done():
                call.reply.set_exception(error)
        self.waiting.clear()

    def fail_all(self, error: UserError) -> None:
        """Give all its calls an error for an answer."""
        for call in self.running:
            if not call.reply.done():
                call.reply.set_exception(error)
        self.fail_waiting(error)
