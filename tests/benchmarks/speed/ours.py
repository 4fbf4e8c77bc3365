"""The engine's own way: all questions as one batch, from a cold start."""

import time
from dataclasses import dataclass

from engine import events
from engine.batch import Batch, Plan
from engine.engine import Engine
from engine.errors import UserError
from engine.protocols import find_protocol
from engine.question import Question
from engine.roster import Roster
from engine.runtimes import choose
from engine.runtimes.local import LocalRuntime
from engine.scheduler import Usage
from speed.work import Generation, work


@dataclass(frozen=True, slots=True)
class Ours:
    """What the batch took: `seconds` from asking until all experts are unloaded, and where they went.

    `work` is what it did.
    """

    seconds: float
    usage: Usage
    work: list[Generation]

    @property
    def tokens(self) -> int:
        """Tokens written."""
        return sum(generation.tokens for generation in self.work)


def run_batch(roster: Roster, questions: list[Question], runtime: str, memory: int, seed: int) -> Ours:
    """Run Symbolic-MoE with its defaults over the questions. Raises UserError where a run or a call fails."""
    protocol = find_protocol("symbolic-moe")
    settings = protocol.read_settings({}).model_dump(mode="json")
    plan = Plan(tuple(questions), protocol, settings, roster, runtime, seed)
    batch = Batch("speed", plan)
    engine = Engine(roster, choose(runtime), LocalRuntime("embedding"), batch.record, memory)
    engine.start()
    try:
        before = engine.usage()
        began = time.monotonic()
        seen = list(batch.run(engine, questions))
        usage = engine.usage().since(before)
    finally:
        engine.close()
    seconds = time.monotonic() - began
    for event in seen:
        if isinstance(event, events.RunFinished) and event.outcome != "done":
            raise UserError(f"Run {event.run} {event.outcome}: {event.error}")
    return Ours(seconds, usage, work(seen))
