"""Building a pool's profile, or adding an expert to one; a call that was answered is kept at once, never made again."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from engine import events
from engine.engine import Engine
from engine.errors import UserError
from engine.profile import Profile, ProfiledQuestion
from engine.profiling.findings import blank, calibration, other_judges, synthetic, taken
from engine.profiling.missing import Missing, Tally
from engine.profiling.notebook import Notebook
from engine.profiling.runs import Observed, Runs, Work
from engine.protocols.aggregation_test import AGGREGATION_TEST
from engine.protocols.calibration import CALIBRATION
from engine.protocols.profiling import PROFILING
from engine.question import Question
from engine.roster import Roster

CALIBRATED = 16
"""Solutions of each expert whose rewards are taken for calibration."""

Phase = Literal["answers", "aggregator tests", "calibration"]
Progress = Callable[[Phase, int, int], None]
"""Told how many answers of a phase are done, of how many."""


@dataclass(slots=True)
class Profiling:
    """A profile in the making. `record` is the engine's sink.

    Every answer is written in `notebook` at once: a killed profiling goes on where it was, and one that is made again
    asks for nothing but what is missing.
    """

    notebook: Notebook
    _runs: Runs = field(init=False)
    _tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self._runs = Runs(self.notebook)

    def record(self, event: events.Event) -> None:
        """Take an event of the engine."""
        self._runs.record(event)

    @property
    def missing(self) -> list[Missing]:
        """What the profile lacks, as calls for it failed."""
        return self._tally.missing()

    def build(
        self, engine: Engine, questions: Sequence[Question], seed: int, made_how: str, progress: Progress
    ) -> Profile:
        """Profile the engine's pool.

        Raises UserError for a question without id or gold answer, or when nobody answers any.
        """
        pool = engine.roster.pool
        experts = [expert.name for expert in pool.experts]
        answered = self._answered(engine, [blank(one) for one in questions], experts, True, seed, progress)
        profile = Profile(
            pool=pool.name,
            made=datetime.now(UTC).date().isoformat(),
            made_how=made_how,
            questions=tuple(
                one.work.question.model_copy(update={"skills": one.skills, "right": one.right})
                for one in answered
            ),
            tests=tuple(test for one in answered if (test := synthetic(one, seed))),
        )
        profile = self._tested(engine, profile, experts, seed, progress)
        return self._calibrated(engine, profile, experts, _chains(answered), seed, progress)

    def extend(
        self, engine: Engine, profile: Profile, expert: str, seed: int, made_how: str, progress: Progress
    ) -> Profile:
        """The profile with one more expert, which alone is asked.

        Raises as `build` does, and when the profile has that expert already, unless the notebook goes on with it.
        """
        has_it = any(expert in question.right for question in profile.questions)
        if has_it and not self.notebook.answered:
            raise UserError(f"The profile has {expert} already: build it anew from files of questions.")
        profile = profile.without(expert)
        answered = self._answered(engine, profile.questions, [expert], False, seed, progress)
        questions = tuple(
            question.model_copy(update={"right": {**question.right, **one.right}})
            for question, one in zip(profile.questions, answered, strict=True)
        )
        added = f"; then {made_how}"
        how = profile.made_how.removesuffix(added) + added
        extended = profile.model_copy(update={"questions": questions, "made_how": how})
        extended = self._tested(engine, extended, [expert], seed, progress)
        return self._calibrated(engine, extended, [expert], _chains(answered), seed, progress)

    def _answered(
        self,
        engine: Engine,
        questions: Sequence[ProfiledQuestion],
        experts: Sequence[str],
        annotate: bool,
        seed: int,
        progress: Progress,
    ) -> list[Observed]:
        """Every question with these experts' answers, and its keywords where it is to be annotated."""
        settings = {"experts": experts, "annotate": annotate}
        works = [Work(question, PROFILING, settings, answers=len(experts)) for question in questions]
        answered = self._make(engine, works, seed, "answers", progress)
        for one in answered:
            if annotate:
                self._tally.count("keywords", engine.roster.pool.keyword_expert, one.failure("keywords/"))
            for expert in experts:
                self._tally.count("answers", expert, one.failure(f"reason/{expert}/"))
        if not any(one.right for one in answered):
            reasons = [f" {lost.reason}" for lost in self.missing if lost.wanted == "answers"]
            raise UserError(f"No question was answered, so no profile was written.{''.join(reasons[:1])}")
        return answered

    def _tested(
        self, engine: Engine, profile: Profile, experts: Sequence[str], seed: int, progress: Progress
    ) -> Profile:
        """The profile with its tests taken by these experts."""
        asked = {question.id: question for question in profile.questions}
        works = [
            Work(asked[test.question], AGGREGATION_TEST, {"expert": expert, "chains": test.chains}, expert)
            for expert in experts
            for test in profile.tests
        ]
        made = self._make(engine, works, seed, "aggregator tests", progress)
        for one in made:
            self._tally.count("aggregator tests", one.work.expert, one.failure(""))
        tests = tuple(
            test.model_copy(update={"right": {**test.right, **taken(made, test.question)}})
            for test in profile.tests
        )
        return profile.model_copy(update={"tests": tests})

    def _calibrated(
        self,
        engine: Engine,
        profile: Profile,
        experts: Sequence[str],
        chains: Mapping[str, Mapping[str, str]],
        seed: int,
        progress: Progress,
    ) -> Profile:
        """The profile with the rewards of some of these experts' solutions: `chains` by question id and expert."""
        verifier = Roster(engine.roster.pool, profile).verifier().name
        chosen = random.Random(seed).sample(profile.questions, len(profile.questions))
        works = [
            Work(
                question, CALIBRATION, {"solution": solution, "solver": expert, "verifier": verifier}, expert
            )
            for question in chosen[:CALIBRATED]
            for expert in experts
            if (solution := chains[question.id].get(expert))
        ]
        made = self._make(engine, works, seed, "calibration", progress)
        found = calibration(profile.calibration, [one for one in made if one.reward is not None])
        for one in made:
            expert, scored = one.work.expert, one.reward is not None
            self._tally.count("rewards", expert, None if scored else one.failure(""))
            if scored and found and one.judges != found.judges:
                # A judge that stood in for one that failed may not have to when it is asked again.
                reason = other_judges(one.judges, found.judges)
                self._tally.lose("rewards", expert, reason, lasting=not one.failed)
        return profile.model_copy(update={"calibration": found})

    def _make(
        self, engine: Engine, works: Sequence[Work], seed: int, phase: Phase, progress: Progress
    ) -> list[Observed]:
        done, of = 0, sum(work.answers for work in works)
        progress(phase, done, of)

        def more(answers: int) -> None:
            nonlocal done
            done += answers
            progress(phase, done, of)

        return self._runs.make(engine, works, seed, more)


def _chains(answered: Sequence[Observed]) -> dict[str, dict[str, str]]:
    return {one.work.question.id: one.chains for one in answered}
