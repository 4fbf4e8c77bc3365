"""The events of one disputation in rounds, whose critiques and refinements are chosen by vote."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine import events
from engine.events import Event
from telling import Telling

EXPERTS = {"small": "Small 135M", "middle": "Middle 0.5B", "large": "Large 1.5B"}
FIRST = {"small": "71", "middle": "70", "large": "72"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RerankedDisputation:
    """In each of `rounds` rounds the first critic's critique is chosen at once, the second refinement in two rounds."""

    rounds: int = 2
    critique: str = "The second step adds where it should **multiply**.\nVerdict: wrong"
    reasoning: str = "It names the step that is wrong."
    gold: str | None = "72"

    def events(self, run: str, at: float = 1_764_000_000.0) -> list[Event]:
        """The events of run `run`, which begins at `at` (Unix seconds)."""
        return list(_Reranked(self, run, at).events())


class _Reranked:
    def __init__(self, said: RerankedDisputation, run: str, at: float) -> None:
        self._said = said
        self._run = Telling(run, at, ["reason", "critique", "refine", "answer"], EXPERTS)

    def events(self) -> Iterator[Event]:
        said, run = self._said, self._run
        yield run.started("How many jars does it hold?", said.gold, "disputation", {"k": 3})
        yield run.step("reason")
        standing = {}
        for expert, answer in FIRST.items():
            standing[expert] = f"reason/{expert}/0"
            yield from run.call(standing[expert], expert, f"So it holds {answer}.")
            yield run.answered(standing[expert], expert, answer, said.gold)
        yield self._judged(0, hard=True)
        for number in range(1, said.rounds + 1):
            yield run.step("critique")
            for author in EXPERTS:
                yield from self._criticised(number, author, standing[author])
            yield run.step("refine")
            for author in EXPERTS:
                yield from self._refined(number, author, standing[author])
                standing[author] = f"refine/{number}/{author}/1"
            yield self._judged(number, hard=number < said.rounds)
        yield run.step("answer")
        yield from run.call("answer/aggregator", "large", "It holds 72.")
        yield run.finished("72", "It holds 72.", said.gold, dict.fromkeys(EXPERTS, True))

    def _criticised(self, number: int, author: str, target: str) -> Iterator[Event]:
        critics = [expert for expert in EXPERTS if expert != author]
        candidates = [f"critique/{number}/{critic}/on/{author}" for critic in critics]
        for critic, call in zip(critics, candidates, strict=True):
            yield from self._run.call(call, critic, self._said.critique, target)
            yield self._run.told(events.CritiqueJudged, call=call, verdict="wrong")
        yield from self._chosen(f"critique/{number}/{author}", candidates, [dict.fromkeys(EXPERTS, 1)])

    def _refined(self, number: int, author: str, target: str) -> Iterator[Event]:
        candidates = [f"refine/{number}/{author}/{place}" for place in (0, 1)]
        for call in candidates:
            yield from self._run.call(call, author, f"So it holds 72 jars, says {call}.", target)
            changed = number == 1 and FIRST[author] != "72"
            yield self._run.answered(call, author, "72", self._said.gold, changed)
        split = {"small": 1, "middle": None, "large": 2}
        yield from self._chosen(f"refine/{number}/{author}", candidates, [split, split | {"small": 2}])

    def _chosen(
        self, subject: str, candidates: list[str], rounds: list[dict[str, int]] | list[dict[str, int | None]]
    ) -> Iterator[Event]:
        for number, votes in enumerate(rounds, 1):
            for expert, choice in votes.items():
                call = f"rerank/{subject}/{number}/{expert}"
                yield from self._run.call(call, expert, '{"answer": 1}')
                yield self._run.told(
                    events.CandidateVoted,
                    call=call,
                    subject=subject,
                    round=number,
                    expert=expert,
                    choice=choice,
                    reasoning=self._said.reasoning,
                )
        last = list(rounds[-1].values())
        yield self._run.told(
            events.CandidateChosen,
            subject=subject,
            candidates=candidates,
            chosen=candidates[(last[-1] or 1) - 1],
            rounds=len(rounds),
            agreed=len(set(last)) == 1,
        )

    def _judged(self, number: int, *, hard: bool) -> Event:
        return self._run.told(
            events.DifficultyJudged,
            round=number,
            hard=hard,
            majority="72",
            standardised=-0.5 if hard else 0.5,
            mean=1.0,
            deviation=0.4,
            calibration="40 questions of the validation set",
            outcome_confidence=0.4,
            step_confidence=0.45,
        )
