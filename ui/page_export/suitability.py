"""How suitable each expert was: bars of its scores, as they are drawn."""

from dataclasses import dataclass
from typing import Any

from ui.page_export.people import People, Person


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar, `left` and `width` in per cent of its axis."""

    skill: str
    score: float
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert that could be recruited. `segments` are its local score's parts, `drawn` how often it was drawn."""

    person: Person
    local_score: float
    global_score: float
    suitability: float
    probability: float
    segments: tuple[Segment, ...]
    drawn: int

    @property
    def strongest(self) -> list[Segment]:
        """At most three skills that speak for the expert, strongest first."""
        return sorted((part for part in self.segments if part.score > 0), key=lambda part: -part.score)[:3]


@dataclass(frozen=True, slots=True)
class Suitability:
    """All candidates, best first, on one axis whose zero stands at `zero` per cent."""

    candidates: tuple[Candidate, ...]
    zero: float
    replacement: bool


def suitability(event: dict[str, Any], people: People) -> Suitability:
    """The bars of an ExpertsRecruited event, in `to_json`'s form."""
    candidates = event["candidates"]
    low = min((_sum(one, -1) for one in candidates), default=0.0)
    high = max((_sum(one, 1) for one in candidates), default=0.0)
    per_point = 100 / ((high - low) or 1)
    drawn = sorted(candidates, key=lambda one: -one["suitability"])
    return Suitability(
        candidates=tuple(_candidate(one, people, low, per_point) for one in drawn),
        zero=-low * per_point,
        replacement=event["replacement"],
    )


def _sum(candidate: dict[str, Any], sign: int) -> float:
    return sign * sum(max(0.0, sign * score) for score in candidate["by_skill"].values())


def _candidate(candidate: dict[str, Any], people: People, low: float, per_point: float) -> Candidate:
    segments = []
    left, right = 0.0, 0.0
    for skill, score in candidate["by_skill"].items():
        start = left + score if score < 0 else right
        left, right = (start, right) if score < 0 else (left, right + score)
        if score:
            segments.append(Segment(skill, score, (start - low) * per_point, abs(score) * per_point))
    return Candidate(
        person=people[candidate["expert"]],
        local_score=candidate["local_score"],
        global_score=candidate["global_score"],
        suitability=candidate["suitability"],
        probability=candidate["probability"],
        segments=tuple(segments),
        drawn=candidate["drawn"],
    )
