"""Building a pool's profile, or adding an expert to one; what is found out is kept at once, and never asked again."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from engine import events
from engine.engine import Engine
from engine.errors import UserError
from engine.profile import Profile, ProfiledQuestion
from engine.profiling.findings import blank, calibration, synthetic, taken
from engine.profiling.notebook import Aggregated, Answered, Notebook, Rewarded
from engine.profiling.runs import Observed, Runs, Work
from engine.protocols.aggregation_test import AGGREGATION_TEST
from engine.protocols.calibration import CALIBRATION
from engine.protocols.profiling import PROFILING
from engine.question import Question
from engine.roster import Roster

CALIBRATED = 16
"""Solutions of each expert whose rewards are taken for calibration."""

Phase = Literal["questions", "aggregator tests", "calibration"]
Progress = Callable[[Phase, int, int], None]
"""Told how many runs of a phase are done, of how many."""


@dataclass(slots=True)
class Profiling:
    """A profile in the making. `record` is the engine's sink.

    What is found out is written in `notebook` at once: a killed profiling goes on where it was.
    """

    notebook: Notebook
    _runs: Runs = field(default_factory=Runs)

    def record(self, event: events.Event) -> None:
        """Take an event of the engine."""
        self._runs.record(event)

    def build(
        self, engine: Engine, questions: Sequence[Question], seed: int, made_how: str, progress: Progress
    ) -> Profile:
        """Profile the engine's pool.

        Raises UserError for a question without id or gold answer, or when one cannot be answered at all.
        """
        pool = engine.roster.pool
        experts = [expert.name for expert in pool.experts]
        unanswered = [blank(question) for question in questions]
        self._answer(engine, unanswered, {"experts": experts, "annotate": True}, seed, progress)
        answered = [self.notebook.answered[question.id] for question in unanswered]
        profile = Profile(
            pool=pool.name,
            made=datetime.now(UTC).date().isoformat(),
            made_how=made_how,
            questions=tuple(one.question for one in answered),
            tests=tuple(test for one in answered if (test := synthetic(one, seed))),
        )
        profile = self._tested(engine, profile, experts, seed, progress)
        return self._calibrated(engine, profile, experts, seed, progress)

    def extend(
        self, engine: Engine, profile: Profile, expert: str, seed: int, made_how: str, progress: Progress
    ) -> Profile:
        """The profile with one more expert, which alone is asked.

        Raises as `build` does, and when the profile has that expert already.
        """
        if any(expert in question.right for question in profile.questions):
            raise UserError(f"The profile has {expert} already: build it anew from files of questions.")
        settings = {"experts": [expert], "annotate": False}
        self._answer(engine, profile.questions, settings, seed, progress)
        found = {id: one.question.right for id, one in self.notebook.answered.items()}
        questions = tuple(
            question.model_copy(update={"right": {**question.right, **found[question.id]}})
            for question in profile.questions
        )
        how = f"{profile.made_how}; then {made_how}"
        extended = profile.model_copy(update={"questions": questions, "made_how": how})
        extended = self._tested(engine, extended, [expert], seed, progress)
        return self._calibrated(engine, extended, [expert], seed, progress)

    def _answer(
        self,
        engine: Engine,
        questions: Sequence[ProfiledQuestion],
        settings: dict[str, object],
        seed: int,
        progress: Progress,
    ) -> None:
        """Have every question answered that is not in the notebook yet."""
        waiting = [
            Work(question, PROFILING, settings)
            for question in questions
            if question.id not in self.notebook.answered
        ]
        for seen in self._make(engine, waiting, seed, "questions", len(questions), progress):
            question = seen.work.question
            if seen.error:
                raise UserError(f"Question {question.id} could not be profiled: {seen.error}")
            found = {"skills": seen.skills or question.skills, "right": seen.right}
            self.notebook.write(Answered(question=question.model_copy(update=found), chains=seen.chains))

    def _tested(
        self, engine: Engine, profile: Profile, experts: Sequence[str], seed: int, progress: Progress
    ) -> Profile:
        """The profile with its tests taken by these experts."""
        asked = {question.id: question for question in profile.questions}
        done = self.notebook.aggregated
        wanted = [
            Work(asked[test.question], AGGREGATION_TEST, {"expert": expert, "chains": test.chains}, expert)
            for expert in experts
            for test in profile.tests
        ]
        waiting = [work for work in wanted if (work.question.id, work.expert) not in done]
        for seen in self._make(engine, waiting, seed, "aggregator tests", len(wanted), progress):
            expert = seen.work.expert
            right = seen.right.get(expert)
            self.notebook.write(Aggregated(question=seen.work.question.id, expert=expert, right=right))
        tests = tuple(
            test.model_copy(update={"right": {**test.right, **taken(done, test.question)}})
            for test in profile.tests
        )
        return profile.model_copy(update={"tests": tests})

    def _calibrated(
        self, engine: Engine, profile: Profile, experts: Sequence[str], seed: int, progress: Progress
    ) -> Profile:
        """The profile with the rewards of some of these experts' solutions, which the notebook has."""
        verifier = Roster(engine.roster.pool, profile).verifier().name
        chosen = random.Random(seed).sample(profile.questions, len(profile.questions))
        wanted = [
            Work(
                question,
                CALIBRATION,
                {"solution": chains[expert], "solver": expert, "verifier": verifier},
                expert,
            )
            for question in chosen[:CALIBRATED]
            for expert in experts
            if (chains := self.notebook.answered[question.id].chains).get(expert)
        ]
        done = self.notebook.rewarded
        waiting = [work for work in wanted if (work.question.id, work.expert) not in done]
        for seen in self._make(engine, waiting, seed, "calibration", len(wanted), progress):
            self.notebook.write(
                Rewarded(
                    question=seen.work.question.id,
                    expert=seen.work.expert,
                    reward=seen.reward,
                    judges=seen.judges,
                )
            )
        return profile.model_copy(update={"calibration": calibration(profile.calibration, done)})

    def _make(
        self, engine: Engine, waiting: Sequence[Work], seed: int, phase: Phase, of: int, progress: Progress
    ) -> Iterator[Observed]:
        done = of - len(waiting)
        progress(phase, done, of)

        def one_more() -> None:
            nonlocal done
            done += 1
            progress(phase, done, of)

        return self._runs.make(engine, waiting, seed, one_more)
