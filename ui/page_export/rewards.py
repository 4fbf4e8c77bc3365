"""How good a run's solutions are, and what their rewards decided (MAgICoRe, arXiv 2409.12147), as the page tells it."""

from dataclasses import dataclass
from typing import Any

from ui.page_export.wording import count

ENOUGH = 0.5
ROUNDING = 1e-9
"""Confidence that counts as such."""


@dataclass(frozen=True, slots=True)
class Reward:
    """A solution's reward, its outcome's score, and each of its steps with its score."""

    reward: float
    outcome: float
    steps: tuple[tuple[str, float], ...]

    @property
    def told(self) -> str:
        """The scores of the steps, for those who do not see them."""
        return "Scores of its steps: " + ", ".join(f"{score:.2f}" for _, score in self.steps)


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the two conditions of which one makes a question easy."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Whether the question was hard after a round, and why."""

    hard: bool
    because: str
    conditions: tuple[Condition, ...]
    calibration: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which calls' solutions went on after a round, and which did not."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """An answer's weight in the final vote; `share` is per cent of the heaviest one's."""

    answer: str
    share: float
    told: str


class Rewards:
    """All that a run's events, in `to_json`'s form, say of rewards."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self._solutions: dict[str, dict[str, Any]] = {}
        self._difficulties: dict[int, Difficulty] = {}
        self.selections: dict[int, Selection] = {}
        self.weights: tuple[Weight, ...] = ()
        for event in events:
            match event["kind"]:
                case "solution_rewarded":
                    self._solutions[event["call"]] = event
                case "difficulty_judged":
                    self._difficulties[event["round"]] = _difficulty(event)
                case "solutions_kept":
                    self.selections[event["round"]] = Selection(tuple(event["kept"]), tuple(event["dropped"]))
                case "vote_weighed":
                    self.weights = _weights(event["votes"])

    def of(self, call: str) -> Reward | None:
        """The reward of that call's solution, where it has one."""
        found = self._solutions.get(call)
        if found is None:
            return None
        steps = tuple((step["text"], step["score"]) for step in found["steps"])
        return Reward(found["reward"], found["outcome"], steps)

    def difficulty(self, round_number: int) -> Difficulty | None:
        """What was judged after so many rounds."""
        return self._difficulties.get(round_number)

    def dropped_in(self, call: str) -> int | None:
        """The round after which that call's solution did not go on; None where it did."""
        return next((number for number, one in self.selections.items() if call in one.dropped), None)

    @property
    def judges(self) -> str:
        """Who scored; empty where nobody did."""
        first = next(iter(self._solutions.values()), None)
        if first is None:
            return ""
        outcome, steps = first["judges"]["outcome"], first["judges"]["steps"]
        if first["generative"]:
            return (
                f"Scored by a generative verifier: how likely {outcome} says yes when asked whether a solution, "
                "or a step, is right."
            )
        return f"Scored by reward models: outcomes by {outcome}, steps by {steps}."


def _difficulty(event: dict[str, Any]) -> Difficulty:
    standardised, outcome, steps = (
        event["standardised"],
        event["outcome_confidence"],
        event["step_confidence"],
    )
    first = standardised is not None and standardised >= -ROUNDING
    second = outcome >= ENOUGH and steps >= ENOUGH
    if standardised is None:
        majority = "No solution has an answer, so there is no majority."
    else:
        where = "below" if standardised < 0 else "above"
        majority = (
            f"The answer of the majority, {event['majority']}, scores "
            f"{abs(standardised):.2f} deviations {where} the mean of the calibration."
        )
    confidence = f"Confidence is {outcome:.2f} by outcomes and {steps:.2f} by steps; both must be {ENOUGH:.2f} or more."
    if event.get("unanimous"):
        because = "by their rewards, as all agree"
    elif event["hard"]:
        because = "as neither condition holds"
    else:
        because = "as both conditions hold" if first and second else "as one condition holds"
    conditions = (Condition(first, majority), Condition(second, confidence))
    return Difficulty(
        hard=event["hard"],
        because=because,
        # The confidence of unanimous answers is 1 and tells nothing.
        conditions=conditions[:1] if event.get("unanimous") else conditions,
        calibration=f"Calibration: mean {event['mean']:.2f}, deviation {event['deviation']:.2f} "
        f"of {event['calibration']}",
    )


def _weights(votes: list[dict[str, Any]]) -> tuple[Weight, ...]:
    heaviest = max((vote["weight"] for vote in votes), default=0) or 1
    return tuple(
        Weight(
            answer=vote["answer"] or "no answer",
            share=100 * vote["weight"] / heaviest,
            told=f"{vote['weight']:.2f} · {count(len(vote['calls']), 'solution')}",
        )
        for vote in votes
    )
