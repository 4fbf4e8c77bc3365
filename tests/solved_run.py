"""The events of one run of MAgICoRe, for the tests of what is made of a recorded run."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from engine import events
from engine.events import Event
from telling import Telling

EXPERTS = {"solver": "Solver 1.5B", "other": "Other 0.5B"}
OUTCOME, STEPS = "outcome-judge", "step-judge"
FEEDBACK = "Step 2 (score 3) adds where it should **multiply**. The other steps are sound."


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution: its steps with their scores, its answer, and its outcome's score."""

    steps: tuple[tuple[str, float], ...]
    answer: str | None
    outcome: float

    @property
    def text(self) -> str:
        """What the expert wrote."""
        return "\n\n".join(text for text, _ in self.steps)

    @property
    def reward(self) -> float:
        """R: the outcome's score plus the product of the steps'."""
        product = 1.0
        for _, score in self.steps:
            product *= score
        return self.outcome + product


def solution(answer: str, outcome: float, *scores: float) -> Solution:
    """A solution of three steps that ends with the answer."""
    texts = ("There are 8 crates of 9 jars.", f"So $8 \\times 9 = {answer}$ jars.", f"\\boxed{{{answer}}}")
    return Solution(tuple(zip(texts, scores, strict=True)), answer, outcome)


SAMPLES = (
    solution("71", 0.4, 0.9, 0.5, 0.4),  # R 0.58
    solution("72", 0.9, 0.95, 0.9, 0.8),  # R 1.584
    solution("17", 0.1, 0.8, 0.1, 0.2),  # R 0.116
    solution("71", 0.3, 0.9, 0.4, 0.5),  # R 0.48
)
REFINED = solution("72", 0.8, 0.9, 0.9, 0.9)  # R 1.529


@dataclass(frozen=True, slots=True, kw_only=True)
class Solving:
    """What happens in the run: all of `samples` are refined to `refined` in each of `rounds` rounds.

    The best of all stand. The question turns easy after the last round if `turns_easy`; without rounds it is easy.
    """

    question: str = "A cart holds 8 crates of 9 jars. How many jars does it hold?"
    samples: Sequence[Solution] = SAMPLES
    refined: Solution = REFINED
    rounds: int = 0
    turns_easy: bool = True
    feedback: str = FEEDBACK
    generative: bool = False
    judge: str = "Outcome Judge 0.6B"
    calibration: str = "40 questions of the validation set"
    gold: str | None = "72"

    def events(self, run: str, at: float = 1_764_000_000.0) -> list[Event]:
        """The events of run `run`, which begins at `at` (Unix seconds)."""
        return list(_Solved(self, run, at).events())


class _Solved:
    def __init__(self, said: Solving, run: str, at: float) -> None:
        self._said = said
        self._run = Telling(run, at, ["reason", "review", "refine", "answer"], EXPERTS)
        self._solutions: dict[str, Solution] = {}

    def events(self) -> Iterator[Event]:
        said, run = self._said, self._run
        yield run.started(said.question, said.gold, "magicore", {"k": len(said.samples), "rounds": 3})
        yield run.step("reason")
        kept = [f"reason/solver/{number}" for number in range(len(said.samples))]
        for name, sample in zip(kept, said.samples, strict=True):
            yield from run.call(name, "solver", sample.text)
            yield self._answered(name, sample)
        yield from self._scored(kept)
        yield self._judged(0, hard=said.rounds > 0)
        for number in range(1, said.rounds + 1):
            kept = yield from self._round(number, kept)
        yield run.step("answer")
        weights: dict[str, list[str]] = {}
        for name in kept:
            weights.setdefault(self._solutions[name].answer or "", []).append(name)
        votes = [
            {"answer": answer, "weight": sum(self._solutions[name].reward for name in names), "calls": names}
            for answer, names in weights.items()
        ]
        votes.sort(key=lambda vote: -vote["weight"])
        yield run.told(events.VoteWeighed, votes=votes)
        text = self._solutions[votes[0]["calls"][0]].text
        yield run.finished(votes[0]["answer"], text, said.gold, {"solver": True})

    def _round(self, number: int, before: list[str]) -> Generator[Event, None, list[str]]:
        said, run = self._said, self._run
        yield run.step("review")
        for place, target in enumerate(before):
            yield from run.call(f"review/{number}/{place}", "solver", said.feedback, target)
        yield run.step("refine")
        new = [f"refine/{number}/{place}" for place in range(len(before))]
        for name, target in zip(new, before, strict=True):
            yield from run.call(name, "solver", said.refined.text, target)
            yield self._answered(name, said.refined, self._solutions[target])
        yield from self._scored(new)
        pool = sorted([*before, *new], key=lambda name: -self._solutions[name].reward)
        kept, dropped = pool[: len(before)], pool[len(before) :]
        yield run.told(events.SolutionsKept, round=number, kept=kept, dropped=dropped)
        yield self._judged(number, hard=number < said.rounds or not said.turns_easy)
        return kept

    def _judged(self, number: int, *, hard: bool) -> Event:
        return self._run.told(
            events.DifficultyJudged,
            round=number,
            hard=hard,
            majority=self._said.samples[0].answer,
            standardised=-0.42 if hard else 0.31,
            mean=1.1,
            deviation=0.35,
            calibration=self._said.calibration,
            outcome_confidence=0.62,
            step_confidence=0.44,
        )

    def _scored(self, names: Sequence[str]) -> Iterator[Event]:
        for name in names:
            found = self._solutions[name]
            yield from self._run.call(f"reward/outcome/{name}", OUTCOME, "", name, task="outcome_reward")
            yield from self._run.call(f"reward/steps/{name}", STEPS, "", name, task="step_rewards")
            yield self._run.told(
                events.SolutionRewarded,
                call=name,
                outcome=found.outcome,
                steps=[{"text": text, "score": score} for text, score in found.steps],
                reward=found.reward,
                judges={"outcome": self._said.judge, "steps": "Step Judge 7B"},
                generative=self._said.generative,
            )

    def _answered(self, name: str, found: Solution, before: Solution | None = None) -> Event:
        self._solutions[name] = found
        changed = None if before is None else found.answer != before.answer
        return self._run.answered(name, "solver", found.answer, self._said.gold, changed)
