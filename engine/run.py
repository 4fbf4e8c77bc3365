"""One run: a question that goes through a protocol, from its first event to its last."""

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import structlog
from pydantic import BaseModel

from engine import events
from engine.calling import Answered
from engine.company import Company
from engine.errors import UserError
from engine.panel import Panel
from engine.protocols import Protocol
from engine.question import Question
from engine.roster import Roster

log = structlog.get_logger()


Sink = Callable[[events.Event], None]
"""Where a run's events go."""


@dataclass(frozen=True, slots=True)
class Batched:
    """What a run of a batch is given: its id, the batch's, and the other runs that it recruits together with.

    `recorded` are the calls that were answered before the run was interrupted, by name: they are not made again.
    """

    run: str = field(default_factory=lambda: new_run_id())
    batch: str | None = None
    company: Company | None = None
    recorded: Mapping[str, Answered] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A question with the roster, protocol, settings and seed it is run with; a `batched` one gives way to others."""

    id: str
    question: Question
    roster: Roster
    protocol: Protocol
    settings: BaseModel
    seed: int
    batched: Batched | None = None

    def teller(self, sink: Sink) -> Callable[..., None]:
        """What emits events of this run, given their class and fields."""

        def tell(kind: type[events.Event], **fields: Any) -> None:
            sink(kind(run=self.id, at=time.time(), **fields))

        return tell

    def announce(self, sink: Sink, runtime: str) -> None:
        """Emit the run's first event."""
        known = {"name", "title", "model", "parameters"}
        self.teller(sink)(
            events.RunStarted,
            question=asdict(self.question),
            protocol=self.protocol.name,
            settings=self.settings.model_dump(mode="json"),
            pool=self.roster.pool.name,
            runtime=runtime,
            seed=self.seed,
            steps=list(self.protocol.steps),
            experts=[expert.model_dump(include=known) for expert in self.roster.pool.experts],
            batch=self.batched.batch if self.batched else None,
        )

    async def follow(self, panel: Panel) -> None:
        """Follow the protocol to its end, whatever that is, and emit the run's last event."""
        began = time.monotonic()
        ended: dict[str, Any] = {"answer": None, "text": None, "correct": None}
        try:
            conclusion = await self.protocol.follow(panel, self.settings)
            correct = await panel.right(conclusion.answer)
            ended = {**asdict(conclusion), "correct": correct, "outcome": "done"}
        except asyncio.CancelledError:
            ended |= {"outcome": "stopped"}
        except UserError as error:
            ended |= {"outcome": "failed", "error": str(error)}
        except Exception as error:
            log.exception("run_failed", run=self.id)
            message = f"Something went wrong inside Disputatio: {type(error).__name__}: {error}"
            ended |= {"outcome": "failed", "error": message}
        finally:
            if self.batched and self.batched.company:
                self.batched.company.leave(self.id)
        panel.tell(events.RunFinished, seconds=time.monotonic() - began, **ended)


def new_run_id() -> str:
    """A new run's id: the time in UTC, so that ids sort by age, and six random hexadecimal digits."""
    return time.strftime("%Y%m%d-%H%M%S-", time.gmtime()) + secrets.token_hex(3)
