"""The events of one disputation of three experts, for the tests of what is made of a recorded run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from engine import events
from engine.events import Event
from engine.prompts import STANDS_BY

EXPERTS = {"small": "Small 135M", "middle": "Middle 0.5B", "large": "Large 1.5B"}
CRITIQUE = "The second step adds where it should **multiply**.\nVerdict: wrong"
SKILLS = ("multiplication", "word problem")
WORKING = (
    "There are 8 crates of 9 jars.\n\nSo $8 \\times 9 = {0}$ jars in all.\n\nThe answer is \\boxed{{{0}}}"
)


def _reasons() -> dict[str, tuple[str, str]]:
    answers = {"small": "71", "middle": "70", "large": "72"}
    return {expert: (WORKING.format(answer), answer) for expert, answer in answers.items()}


def _critiques() -> dict[tuple[str, str], str]:
    return dict.fromkeys(permutations(EXPERTS, 2), CRITIQUE)


def _refined() -> dict[str, tuple[str, str]]:
    return {
        "small": (f"{STANDS_BY} The answer is \\boxed{{71}}", "71"),
        "middle": (WORKING.format(72), "72"),
        "large": (WORKING.format(72), "72"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputation:
    """What is said in the run. Each of `reasons` and `refined` by expert: its text and the answer found in it.

    `critiques` by critic and author; each comes to `verdict`. `titles` are the pool's experts. Where `ends` is false
    nobody records the end of the run.
    """

    question: str = "A cart holds 8 crates of 9 jars. How many jars does it hold?"
    choices: Sequence[str] = ()
    document: str = ""
    skills: Sequence[str] = SKILLS
    reasons: Mapping[str, tuple[str, str]] = field(default_factory=_reasons)
    critiques: Mapping[tuple[str, str], str] = field(default_factory=_critiques)
    verdict: str | None = "wrong"
    refined: Mapping[str, tuple[str, str]] = field(default_factory=_refined)
    text: str = "Two experts multiply, and so do I.\n\nThe answer is \\boxed{72}"
    answer: str | None = "72"
    gold: str | None = "72"
    outcome: events.Outcome = "done"
    error: str | None = None
    notices: Sequence[str] = ()
    ends: bool = True
    titles: Mapping[str, str] = field(default_factory=lambda: EXPERTS)

    def events(self, run: str, at: float = 1_764_000_000.0) -> list[Event]:
        """The events of run `run`, which begins at `at` (Unix seconds)."""
        return list(_Telling(self, run, at).events())


class _Telling:
    def __init__(self, said: Disputation, run: str, at: float) -> None:
        self._said = said
        self._run = run
        self._at = at
        self._began = at
        self._last = list(said.titles)[-1]  # who recruits and aggregates

    def events(self) -> Iterator[Event]:
        said = self._said
        yield self._told(
            events.RunStarted,
            question={
                "text": said.question,
                "choices": list(said.choices),
                "document": said.document,
                "kind": "choice" if said.choices else "math",
                "gold": said.gold,
                **dict.fromkeys(("id", "source", "category")),
            },
            protocol="disputation",
            settings={"k": 3, "rounds": 1},
            pool="pocket",
            runtime="openvino",
            seed=11,
            steps=["recruit", "reason", "critique", "refine", "answer"],
            experts=[
                {"name": name, "title": title, "model": f"org/{name}", "parameters": 500_000_000}
                for name, title in said.titles.items()
            ],
        )
        yield from self._recruited()
        yield self._step("reason", 1)
        for expert, (text, answer) in said.reasons.items():
            yield from self._call(f"reason/{expert}/0", expert, text, answer)
        yield self._step("critique", 2)
        for (critic, author), text in said.critiques.items():
            call = f"critique/{critic}/on/{author}"
            yield from self._call(call, critic, text, target=f"reason/{author}/0")
            yield self._told(events.CritiqueJudged, call=call, verdict=said.verdict)
        yield self._step("refine", 3)
        for expert, (text, answer) in said.refined.items():
            target = f"reason/{expert}/0"
            yield from self._call(f"refine/{expert}/0", expert, text, answer, target=target)
        yield self._step("answer", 4)
        yield from self._call("answer/aggregator", self._last, said.text, said.answer)
        for message in said.notices:
            yield self._told(events.Noticed, message=message)
        if said.ends:
            yield self._finished()

    def _recruited(self) -> Iterator[Event]:
        skills = self._said.skills
        yield self._step("recruit", 0)
        yield from self._call(f"keywords/{self._last}/0", self._last, f"Keywords: {', '.join(skills)}")
        found = [
            {"keyword": skill, "count": 4, "profile_skill": skill, "similarity": 0.83} for skill in skills
        ]
        yield self._told(events.SkillsFound, skills=found, samples=5)
        candidates = [
            {
                "expert": name,
                "local_score": 2.0 * place - 1.0,
                "global_score": 0.2 * (place + 1),
                "suitability": 0.3 * place - 0.2,
                "probability": 0.2 * (place + 1),
                "by_skill": dict.fromkeys(skills, 3.0 * place - 1.0),
                "drawn": 1,
            }
            for place, name in enumerate(self._said.titles)
        ]
        drawn = list(self._said.titles)
        yield self._told(events.ExpertsRecruited, candidates=candidates, drawn=drawn, replacement=False)

    def _call(
        self, call: str, expert: str, text: str, answer: str | None = None, target: str | None = None
    ) -> Iterator[Event]:
        step = {"keywords": "recruit"}.get(call.partition("/")[0], call.partition("/")[0])
        messages = [{"role": "user", "content": "Think step by step."}]
        sampling = {"max_tokens": 512, "temperature": 0.7, "seed": 1}
        yield self._told(
            events.CallQueued,
            call=call,
            expert=expert,
            step=step,
            messages=messages,
            sampling=sampling,
            target=target,
        )
        if step == "reason":
            yield self._told(events.ExpertLoading, expert=expert, share=0.5, message="reading weights")
        yield self._told(events.CallStarted, call=call, after=0.5)
        yield self._told(
            events.CallFinished,
            call=call,
            text=text,
            prompt_tokens=80,
            tokens=120,
            seconds_queued=0.5,
            seconds_to_first_token=0.25,
            seconds=3.5,
            finish_reason="stop",
            after=3.0,
        )
        if answer is not None:
            first = self._said.reasons.get(expert, ("", None))[1]
            refined = step == "refine"
            yield self._told(
                events.AnswerExtracted,
                call=call,
                expert=expert,
                answer=answer,
                correct=None if self._said.gold is None else answer == self._said.gold,
                stood_by=refined and text.startswith(STANDS_BY),
                changed=answer != first if refined else None,
            )

    def _finished(self) -> Event:
        said, done = self._said, self._said.outcome == "done"
        known = done and said.gold is not None
        agreement = {expert: answer == said.answer for expert, (_, answer) in said.refined.items()}
        return self._told(
            events.RunFinished,
            outcome=said.outcome,
            answer=said.answer if done else None,
            text=said.text if done else None,
            correct=said.answer == said.gold if known else None,
            agreement=agreement if done else {},
            error=said.error,
            seconds=self._at - self._began,
        )

    def _step(self, step: str, ordinal: int) -> Event:
        return self._told(events.StepStarted, step=step, ordinal=ordinal)

    def _told(self, kind: type[Event], *, after: float = 0.1, **fields: Any) -> Event:
        self._at += after
        return kind(run=self._run, at=self._at, **fields)
