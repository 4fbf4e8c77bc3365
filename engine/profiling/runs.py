"""The runs of a profiling, and what is seen of each."""

import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import events
from engine.answers import visible
from engine.engine import Engine
from engine.errors import UserError
from engine.profile import ProfiledQuestion
from engine.protocols import Protocol
from engine.question import Question
from engine.run import Batched

IN_FLIGHT = 64
"""How many runs go on at once: enough to fill the batches of every expert, not more than needed."""


@dataclass(frozen=True, slots=True)
class Work:
    """A run to make over a validation question; `expert` is whom it is about, where it is about one."""

    question: ProfiledQuestion
    protocol: Protocol
    settings: Mapping[str, Any]
    expert: str = ""


@dataclass(slots=True)
class Observed:
    """What came of a run: skills, who was right, the visible text of each answer, the reward and who gave it."""

    work: Work
    skills: tuple[str, ...] = ()
    right: dict[str, bool] = field(default_factory=dict)
    chains: dict[str, str] = field(default_factory=dict)
    reward: float | None = None
    judges: dict[str, str] = field(default_factory=dict)
    error: str | None = None
    _experts: dict[str, str] = field(default_factory=dict)

    def see(self, event: events.Event) -> None:
        """Take in an event of the run."""
        match event:
            case events.SkillsFound():
                self.skills = tuple(skill["keyword"] for skill in event.skills)
            case events.CallQueued():
                self._experts[event.call] = event.expert
            case events.CallFinished() if event.call.startswith("reason/"):
                self.chains[self._experts[event.call]] = visible(event.text)
            case events.AnswerExtracted():
                self.right[event.expert] = bool(event.correct)
            case events.SolutionRewarded():
                self.reward, self.judges = event.reward, event.judges
            case events.RunFinished():
                self.error = event.error


@dataclass(slots=True)
class Runs:
    """Makes runs, many at once. `record` is the engine's sink."""

    _observed: dict[str, Observed] = field(default_factory=dict)
    _events: "queue.SimpleQueue[events.Event]" = field(default_factory=queue.SimpleQueue)

    def record(self, event: events.Event) -> None:
        """Take an event of the engine."""
        self._events.put(event)

    def make(
        self, engine: Engine, works: Sequence[Work], seed: int, done: Callable[[], None]
    ) -> Iterator[Observed]:
        """Make the runs, and give what was seen of each as it ends; then `done` is called."""
        left = list(reversed(works))
        while left or self._observed:
            while left and len(self._observed) < IN_FLIGHT:
                work = left.pop()
                batched = Batched()
                self._observed[batched.run] = Observed(work)
                engine.ask(_posed(work.question), work.protocol, dict(work.settings), seed, batched=batched)
            yield self._next_finished()
            done()

    def _next_finished(self) -> Observed:
        while True:
            event = self._events.get()
            observed = self._observed.get(event.run)
            if observed is None:
                raise RuntimeError(f"an event of run {event.run}, which this profiling did not start")
            observed.see(event)
            if isinstance(event, events.RunFinished):
                del self._observed[event.run]
                if event.outcome == "stopped":
                    raise UserError("The profiling was stopped; the same command goes on with it.")
                return observed


def _posed(question: ProfiledQuestion) -> Question:
    return Question(
        text=question.question,
        choices=question.choices,
        kind=question.kind,
        gold=question.gold,
        id=question.id,
        source=question.source,
        category=question.category,
    )
