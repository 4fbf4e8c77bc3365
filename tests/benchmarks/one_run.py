"""One plausible run: its events, and what a person may have done to it."""

import random
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from engine.events import (
    AnswerExtracted,
    CallFinished,
    CallQueued,
    CallStarted,
    CritiqueJudged,
    Event,
    ExpertsRecruited,
    RunFinished,
    RunStarted,
    SkillsFound,
    StepStarted,
)
from engine.pool import Pool
from plausible import SUBJECTS, Subject, name, question, working

RUNTIME = {"pocket": "openvino", "paper": "vllm"}
STEPS = {
    "disputation": ["recruit", "reason", "critique", "refine", "answer"],
    "symbolic-moe": ["recruit", "reason", "answer"],
}
OUTCOMES = {"done": 0.9, "stopped": 0.05, "failed": 0.03, "interrupted": 0.02}
TAGS = {"homework": 0.02, "to discuss": 0.01, "good example": 0.004, "misleading": 0.001, "rare": 0.0002}
NOTED = 0.01


class OneRun:
    """A run posed at `at` (Unix seconds) to a pool. `sentences` are what experts say of each subject."""

    def __init__(
        self, rng: random.Random, run: str, at: float, pool: Pool, sentences: dict[Subject, list[str]]
    ) -> None:
        self._rng = rng
        self._run = run
        self._began = self._at = at
        self._pool = pool
        self._subject = rng.choice(SUBJECTS)
        self._sentences = sentences[self._subject]
        self._about = name(rng)
        self._question = question(rng, self._subject, self._about)
        self._gold = rng.choice(self._subject.answers) if rng.random() < 0.6 else None
        self._protocol = "disputation" if rng.random() < 0.7 else "symbolic-moe"
        self._drawn = [expert.name for expert in rng.sample(pool.experts, k=rng.choice((1, 2, 2, 3)))]
        self.note = f"Look at {self._about} again with the class." if rng.random() < NOTED else ""
        self.tags = sorted(tag for tag, share in TAGS.items() if rng.random() < share)

    def events(self) -> Iterator[Event]:
        """The events, in order."""
        rng, gold = self._rng, self._gold
        outcome = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        answers = {
            expert: gold if gold and rng.random() < 0.5 else rng.choice(self._subject.answers)
            for expert in self._drawn
        }
        yield self._started()
        yield from self._recruited()
        yield self._step("reason", 1)
        for expert, answer in answers.items():
            text = working(rng, self._sentences, self._about, answer)
            yield from self._call(f"reason/{expert}/0", expert, text, answer)
        if self._protocol == "disputation" and len(answers) > 1:
            yield from self._disputed(answers)
        if outcome == "done":
            yield self._step("answer", len(STEPS[self._protocol]) - 1)
        if outcome != "interrupted":
            yield self._finished(outcome, answers)

    def _disputed(self, answers: dict[str, str]) -> Iterator[Event]:
        yield self._step("critique", 2)
        for critic, author in zip(answers, [*list(answers)[1:], self._drawn[0]], strict=True):
            call = f"critique/{critic}/on/{author}"
            verdict: Literal["right", "wrong"] = self._rng.choice(("right", "wrong"))
            text = f"{self._rng.choice(self._sentences)} {self._about} is not used.\nVerdict: {verdict}"
            yield from self._call(call, critic, text, None, f"reason/{author}/0")
            yield CritiqueJudged(run=self._run, at=self._at, call=call, verdict=verdict)
        yield self._step("refine", 3)
        for expert, answer in answers.items():
            text = f"I stand by my answer. The answer is {answer}"
            yield from self._call(f"refine/{expert}/0", expert, text, answer, f"reason/{expert}/0")

    def _started(self) -> RunStarted:
        asked = {
            "text": self._question,
            "choices": list(self._subject.choices),
            "document": "",
            "kind": self._subject.kind,
            "gold": self._gold,
            **dict.fromkeys(("id", "source", "category")),
        }
        return RunStarted(
            run=self._run,
            at=self._at,
            question=asked,
            protocol=self._protocol,
            settings={"k": len(self._drawn)},
            pool=self._pool.name,
            runtime=RUNTIME[self._pool.name],
            seed=self._rng.getrandbits(31),
            steps=STEPS[self._protocol],
            experts=known_experts(self._pool.name, self._pool.experts),
        )

    def _recruited(self) -> Iterator[Event]:
        skill = self._subject.skill
        found = {"keyword": skill, "count": 3, "profile_skill": skill, "similarity": 0.83}
        candidates = [
            {
                "expert": expert.name,
                "local_score": 2,
                "global_score": 0.3,
                "suitability": 0.6,
                "probability": 1 / len(self._pool.experts),
                "by_skill": {skill: 2},
                "drawn": self._drawn.count(expert.name),
            }
            for expert in self._pool.experts
        ]
        yield self._step("recruit", 0)
        yield SkillsFound(run=self._run, at=self._at, skills=[found], samples=5)
        yield ExpertsRecruited(
            run=self._run,
            at=self._at,
            candidates=candidates,
            drawn=self._drawn,
            replacement=self._protocol == "symbolic-moe",
        )

    def _call(
        self, call: str, expert: str, text: str, answer: str | None, target: str | None = None
    ) -> Iterator[Event]:
        step, seconds = call.partition("/")[0], round(len(text) / 100, 2)
        about = {"run": self._run, "call": call}
        yield CallQueued(
            **about,
            at=self._at,
            expert=expert,
            step=step,
            messages=[{"role": "user", "content": f"Question: {self._question}\n\nThink step by step."}],
            sampling={"max_tokens": 512, "temperature": 0.7, "seed": 1},
            target=target,
        )
        yield CallStarted(**about, at=self._at)
        self._at += seconds
        yield CallFinished(
            **about,
            at=self._at,
            text=text,
            prompt_tokens=80,
            tokens=len(text) // 4,
            seconds_queued=0.1,
            seconds_to_first_token=0.2,
            seconds=seconds + 0.1,
            finish_reason="stop",
        )
        if answer is not None:
            right = answer == self._gold if self._gold else None
            stood_by, changed = (True, False) if step == "refine" else (False, None)
            said: dict[str, Any] = {
                "answer": answer,
                "correct": right,
                "stood_by": stood_by,
                "changed": changed,
            }
            yield AnswerExtracted(**about, at=self._at, expert=expert, **said)

    def _finished(self, outcome: Any, answers: dict[str, str]) -> RunFinished:
        done = outcome == "done"
        answer = answers[self._drawn[0]] if done else None
        return RunFinished(
            run=self._run,
            at=self._at,
            outcome=outcome,
            answer=answer,
            text=f"The experts conclude.\n\nThe answer is {answer}" if done else None,
            correct=answer == self._gold if done and self._gold else None,
            agreement={expert: given == answer for expert, given in answers.items()} if done else {},
            error="No expert could answer in reason." if outcome == "failed" else None,
            seconds=self._at - self._began,
        )

    def _step(self, step: str, ordinal: int) -> StepStarted:
        return StepStarted(run=self._run, at=self._at, step=step, ordinal=ordinal)


@cache
def known_experts(_pool: str, experts: Any) -> list[dict[str, Any]]:
    """The pool's experts as a run's first event names them."""
    return [expert.model_dump(include={"name", "title", "model", "parameters"}) for expert in experts]
