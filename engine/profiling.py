"""Builds a pool's profile from files of validation questions, by a real run over each."""

import queue
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from engine import events
from engine.engine import Engine
from engine.errors import UserError
from engine.profile import Profile, ProfiledQuestion
from engine.protocols.profiling import PROFILING
from engine.question import Question

IN_FLIGHT = 24
"""How many questions are asked at once: enough to fill the batches of every expert, not more than needed."""


@dataclass(slots=True)
class _Observed:
    question: Question
    skills: tuple[str, ...] = ()
    right: dict[str, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Profiling:
    """A profile in the making. `record` is the engine's sink.

    Finished questions are kept in `notebook` at once, one JSON line each: a killed profiling goes on where it was.
    """

    notebook: Path
    _observed: dict[str, _Observed] = field(default_factory=dict)
    _events: "queue.SimpleQueue[events.Event]" = field(default_factory=queue.SimpleQueue)

    def record(self, event: events.Event) -> None:
        """Take an event of the engine."""
        self._events.put(event)

    def build(
        self,
        engine: Engine,
        questions: Sequence[Question],
        seed: int,
        made_how: str,
        progress: Callable[[int, int], None],
    ) -> Profile:
        """Profile every question that is not in the notebook yet. `progress` gets how many are done, of how many.

        Raises UserError for a question without id, text or gold answer, or when a run fails.
        """
        for question in questions:
            if not question.id or not question.gold:
                raise UserError(
                    f"A validation question needs an id and an answer; this has not: {question.text[:80]}"
                )
        done = self._finished()
        waiting = [question for question in questions if question.id not in done]
        progress(len(done), len(questions))
        waiting.reverse()
        in_flight = 0
        while waiting or in_flight:
            while waiting and in_flight < IN_FLIGHT:
                question = waiting.pop()
                self._observed[engine.ask(question, PROFILING, seed=seed, batch=True)] = _Observed(question)
                in_flight += 1
            profiled = self._next_finished()
            in_flight -= 1
            done[profiled.id] = profiled
            with self.notebook.open("a", encoding="utf-8") as notebook:
                notebook.write(profiled.model_dump_json() + "\n")
            progress(len(done), len(questions))
        return Profile(
            pool=engine.roster.pool.name,
            made=datetime.now(UTC).date().isoformat(),
            made_how=made_how,
            questions=tuple(done[question.id] for question in questions if question.id in done),
        )

    def _finished(self) -> dict[str, ProfiledQuestion]:
        if not self.notebook.exists():
            return {}
        lines = self.notebook.read_text("utf-8").splitlines()
        profiled = [ProfiledQuestion.model_validate_json(line) for line in lines]
        return {question.id: question for question in profiled}

    def _next_finished(self) -> ProfiledQuestion:
        """Take events until a run has finished."""
        while True:
            event = self._events.get()
            observed = self._observed.get(event.run)
            if observed is None:
                raise RuntimeError(f"an event of run {event.run}, which this profiling did not start")
            if isinstance(event, events.SkillsFound):
                observed.skills = tuple(skill["keyword"] for skill in event.skills)
            elif isinstance(event, events.AnswerExtracted):
                observed.right[event.expert] = bool(event.correct)
            elif isinstance(event, events.RunFinished):
                del self._observed[event.run]
                if event.outcome != "done":
                    raise UserError(f"Question {observed.question.id} could not be profiled: {event.error}")
                return _profiled(observed)


def _profiled(observed: _Observed) -> ProfiledQuestion:
    question = observed.question
    return ProfiledQuestion(
        id=question.id or "",
        source=question.source or "",
        category=question.category,
        kind=question.kind,
        question=question.text,
        choices=question.choices,
        gold=question.gold or "",
        skills=observed.skills,
        right=observed.right,
    )
