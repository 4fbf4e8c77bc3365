"""The runs of a profiling, and what is seen of each."""

import queue
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import events
from engine.answers import visible
from engine.calling import Answered
from engine.engine import Engine
from engine.errors import UserError
from engine.profile import ProfiledQuestion
from engine.profiling.notebook import Notebook
from engine.protocols import Protocol
from engine.question import Question
from engine.run import Batched


@dataclass(frozen=True, slots=True)
class Work:
    """A run to make over a validation question, which comes to so many `answers`.

    `expert` is whom it is about, where it is about one.
    """

    question: ProfiledQuestion
    protocol: Protocol
    settings: Mapping[str, Any]
    expert: str = ""
    answers: int = 1

    @property
    def key(self) -> tuple[str, str, str]:
        """What the work goes by in a notebook."""
        return self.protocol.name, self.question.id, self.expert


@dataclass(slots=True)
class Observed:
    """What came of a run: skills, who was right, the visible text of each answer, the reward and who gave it.

    `answered` counts the experts' answers that were given or failed. `failed` are its calls that gave no answer, by
    name, and `texts` those that did, those of an earlier sitting too.
    """

    work: Work
    texts: dict[str, str]
    skills: tuple[str, ...] = ()
    right: dict[str, bool] = field(default_factory=dict)
    chains: dict[str, str] = field(default_factory=dict)
    reward: float | None = None
    judges: dict[str, str] = field(default_factory=dict)
    failed: dict[str, events.CallFailed] = field(default_factory=dict)
    answered: int = 0
    _queued: dict[str, events.CallQueued] = field(default_factory=dict)

    def see(self, event: events.Event) -> Answered | None:
        """Take in an event of the run; the call that it ends, where it was answered."""
        if isinstance(event, events.CallFinished | events.CallFailed):
            self.answered += event.call.startswith("reason/")
        match event:
            case events.SkillsFound():
                self.skills = tuple(skill["keyword"] for skill in event.skills)
            case events.CallQueued():
                self._queued[event.call] = event
            case events.CallFailed():
                self.failed[event.call] = event
            case events.CallFinished():
                self.texts[event.call] = event.text
                return Answered(self._queued[event.call], event)
            case events.AnswerExtracted():
                self.right[event.expert] = bool(event.correct)
                self.chains[event.expert] = visible(self.texts.get(event.call, ""))
            case events.SolutionRewarded():
                self.reward, self.judges = event.reward, event.judges
        return None

    def failure(self, calls: str) -> events.CallFailed | None:
        """The first call that failed of those whose names begin so."""
        return next((failed for name, failed in self.failed.items() if name.startswith(calls)), None)


@dataclass(slots=True)
class Runs:
    """Makes runs, many at once. `record` is the engine's sink.

    Calls are written in the notebook as soon as they are answered; those that it has already are not made again.
    """

    notebook: Notebook
    _observed: dict[str, Observed] = field(default_factory=dict)
    _events: "queue.SimpleQueue[events.Event]" = field(default_factory=queue.SimpleQueue)

    def record(self, event: events.Event) -> None:
        """Take an event of the engine."""
        self._events.put(event)

    def make(
        self, engine: Engine, works: Sequence[Work], seed: int, more: Callable[[int], None]
    ) -> list[Observed]:
        """Make the runs, and give what was seen of each, in their order.

        All are in flight at once, so that each expert is loaded once. `more` is told how many more answers were given
        or failed. Raises UserError where the profiling was stopped, or a run failed otherwise than by its calls.
        """
        for work in works:
            self._begin(engine, work, seed)
        observed: dict[tuple[str, ...], Observed] = {}
        while self._observed:
            ended = self._next_ended(more)
            observed[ended.work.key] = ended
        return [observed[work.key] for work in works]

    def _begin(self, engine: Engine, work: Work, seed: int) -> None:
        answered = self.notebook.answered.get(work.key, {})
        batched = Batched(recorded=dict(answered))
        texts = {name: call.finished.text for name, call in answered.items()}
        self._observed[batched.run] = Observed(work, texts)
        engine.ask(_posed(work.question), work.protocol, dict(work.settings), seed, batched=batched)

    def _next_ended(self, more: Callable[[int], None]) -> Observed:
        while True:
            event = self._events.get()
            observed = self._observed.get(event.run)
            if observed is None:
                raise RuntimeError(f"an event of run {event.run}, which this profiling did not start")
            before = observed.answered
            answered = observed.see(event)
            if observed.answered > before:
                more(observed.answered - before)
            if answered:
                self.notebook.write(observed.work.key, answered)
            if isinstance(event, events.RunFinished):
                del self._observed[event.run]
                if event.outcome == "stopped":
                    raise UserError("The profiling was stopped; the same command goes on with it.")
                if event.error and not observed.failed:
                    raise UserError(
                        f"Question {observed.work.question.id} could not be profiled: {event.error}"
                    )
                if observed.work.answers > observed.answered:
                    more(observed.work.answers - observed.answered)
                return observed


def _posed(question: ProfiledQuestion) -> Question:
    return Question(
        text=question.question,
        choices=question.choices,
        document=question.document,
        kind=question.kind,
        gold=question.gold,
        id=question.id,
        source=question.source,
        category=question.category,
        draft=question.draft,
    )
