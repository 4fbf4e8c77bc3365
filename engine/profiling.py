"""Builds a pool's profile from validation questions, by real runs: annotation, answers, and the test of aggregators."""

import queue
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from engine import events
from engine.aggregators import synthetic_test
from engine.answers import visible
from engine.engine import Engine
from engine.errors import UserError
from engine.notebook import Aggregated, Answered, Notebook
from engine.profile import Profile, ProfiledQuestion, SyntheticTest
from engine.protocols.aggregation_test import AGGREGATION_TEST
from engine.protocols.profiling import PROFILING
from engine.question import Question
from engine.run import Batched

IN_FLIGHT = 64
"""How many runs go on at once: enough to fill the batches of every expert, not more than needed."""

Phase = Literal["questions", "aggregator tests"]


@dataclass(frozen=True, slots=True)
class _Work:
    """A run to make: who answers the question, or who aggregates the chains of its test."""

    question: ProfiledQuestion
    experts: tuple[str, ...]
    annotate: bool = False
    test: SyntheticTest | None = None


@dataclass(slots=True)
class _Observed:
    work: _Work
    skills: tuple[str, ...] = ()
    right: dict[str, bool] = field(default_factory=dict)
    chains: dict[str, str] = field(default_factory=dict)
    experts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Profiling:
    """A profile in the making. `record` is the engine's sink.

    What is found out is written in `notebook` at once: a killed profiling goes on where it was.
    """

    notebook: Notebook
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
        progress: Callable[[Phase, int, int], None],
    ) -> Profile:
        """Profile the engine's pool. `progress` gets how many runs of a phase are done, of how many.

        Raises UserError for a question without id or gold answer, or when one cannot be answered at all.
        """
        experts = tuple(expert.name for expert in engine.roster.pool.experts)
        blank = [_blank(question) for question in questions]
        waiting = [_Work(q, experts, annotate=True) for q in blank if q.id not in self.notebook.answered]
        for seen in self._runs(engine, waiting, seed, len(blank), "questions", progress):
            self.notebook.write(_answered(seen))
        answered = [self.notebook.answered[question.id] for question in blank]
        tests = [test for one in answered if (test := _test(one, seed))]
        profile = Profile(
            pool=engine.roster.pool.name,
            made=datetime.now(UTC).date().isoformat(),
            made_how=made_how,
            questions=tuple(one.question for one in answered),
            tests=tuple(tests),
        )
        return self._tested(engine, profile, seed, progress)

    def extend(
        self,
        engine: Engine,
        profile: Profile,
        expert: str,
        seed: int,
        made_how: str,
        progress: Callable[[Phase, int, int], None],
    ) -> Profile:
        """The profile with one more expert, which alone is asked; `progress` and errors as in `build`."""
        waiting = [_Work(q, (expert,)) for q in profile.questions if q.id not in self.notebook.answered]
        of = len(profile.questions)
        for seen in self._runs(engine, waiting, seed, of, "questions", progress):
            self.notebook.write(_answered(seen))
        questions = tuple(
            q.model_copy(update={"right": {**q.right, **self.notebook.answered[q.id].question.right}})
            for q in profile.questions
        )
        how = f"{profile.made_how}; then {made_how}"
        extended = profile.model_copy(update={"questions": questions, "made_how": how})
        return self._tested(engine, extended, seed, progress)

    def _tested(
        self, engine: Engine, profile: Profile, seed: int, progress: Callable[[Phase, int, int], None]
    ) -> Profile:
        """The profile with its tests taken by every expert of the pool that has not taken them."""
        asked = {question.id: question for question in profile.questions}
        experts = [expert.name for expert in engine.roster.pool.experts]
        wanted = [
            _Work(asked[test.question], (expert,), test=test)
            for expert in experts
            for test in profile.tests
            if expert not in test.right
        ]
        done = self.notebook.aggregated
        waiting = [work for work in wanted if (work.question.id, work.experts[0]) not in done]
        for seen in self._runs(engine, waiting, seed, len(wanted), "aggregator tests", progress):
            (expert,) = seen.work.experts
            right = seen.right.get(expert)
            self.notebook.write(Aggregated(question=seen.work.question.id, expert=expert, right=right))
        taken = {key: one.right for key, one in done.items() if one.right is not None}
        tests = tuple(
            test.model_copy(update={"right": {**test.right, **_of_question(taken, test.question)}})
            for test in profile.tests
        )
        return profile.model_copy(update={"tests": tests})

    def _runs(
        self,
        engine: Engine,
        waiting: Sequence[_Work],
        seed: int,
        of: int,
        phase: Phase,
        progress: Callable[[Phase, int, int], None],
    ) -> Iterator[_Observed]:
        """Make the runs, and give each one's observations as it ends."""
        done = of - len(waiting)
        progress(phase, done, of)
        left = list(reversed(waiting))
        while left or self._observed:
            while left and len(self._observed) < IN_FLIGHT:
                self._begin(engine, left.pop(), seed)
            yield self._next_finished()
            done += 1
            progress(phase, done, of)

    def _begin(self, engine: Engine, work: _Work, seed: int) -> None:
        batched = Batched()
        self._observed[batched.run] = _Observed(work)
        question = _posed(work.question)
        if work.test:
            settings: dict[str, Any] = {"expert": work.experts[0], "chains": work.test.chains}
            engine.ask(question, AGGREGATION_TEST, settings, seed=seed, batched=batched)
        else:
            settings = {"experts": work.experts, "annotate": work.annotate}
            engine.ask(question, PROFILING, settings, seed=seed, batched=batched)

    def _next_finished(self) -> _Observed:
        """Take events until a run has finished."""
        while True:
            event = self._events.get()
            observed = self._observed.get(event.run)
            if observed is None:
                raise RuntimeError(f"an event of run {event.run}, which this profiling did not start")
            match event:
                case events.SkillsFound():
                    observed.skills = tuple(skill["keyword"] for skill in event.skills)
                case events.CallQueued():
                    observed.experts[event.call] = event.expert
                case events.CallFinished() if event.call.startswith("reason/"):
                    observed.chains[observed.experts[event.call]] = visible(event.text)
                case events.AnswerExtracted():
                    observed.right[event.expert] = bool(event.correct)
                case events.RunFinished():
                    del self._observed[event.run]
                    if event.outcome != "done" and not observed.work.test:
                        asked = observed.work.question.id
                        raise UserError(f"Question {asked} could not be profiled: {event.error}")
                    return observed


def _blank(question: Question) -> ProfiledQuestion:
    if not question.id or not question.gold:
        raise UserError(
            f"A validation question needs an id and an answer; this has not: {question.text[:80]}"
        )
    return ProfiledQuestion(
        id=question.id,
        source=question.source or "",
        category=question.category,
        kind=question.kind,
        question=question.text,
        choices=question.choices,
        gold=question.gold,
        skills=(),
        right={},
    )


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


def _answered(seen: _Observed) -> Answered:
    found = {"skills": seen.skills or seen.work.question.skills, "right": seen.right}
    return Answered(question=seen.work.question.model_copy(update=found), chains=seen.chains)


def _test(answered: Answered, seed: int) -> SyntheticTest | None:
    question = answered.question
    chains = {
        was: [answered.chains[expert] for expert, right in question.right.items() if right is was]
        for was in (True, False)
    }
    return synthetic_test(question.id, chains[True], chains[False], random.Random(f"{seed}/{question.id}"))


def _of_question(taken: dict[tuple[str, str], bool], question: str) -> dict[str, bool]:
    return {expert: right for (asked, expert), right in taken.items() if asked == question}
