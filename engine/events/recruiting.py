"""The events of recruiting."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsFound(Event):
    """The question's keywords, each with how many samples named it and the nearest profile skill.

    Each skill: keyword, count, profile_skill, similarity (cosine).
    """

    kind: ClassVar[str] = "skills_found"
    skills: list[dict[str, Any]]
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertsRecruited(Event):
    """Each expert's suitability and who was drawn.

    Each candidate: expert, local_score, global_score, suitability, probability, by_skill ({profile skill: score}),
    drawn (how often). `first_drawn` are the draws before those of experts that a batch hardly used were drawn anew.
    """

    kind: ClassVar[str] = "experts_recruited"
    candidates: list[dict[str, Any]]
    drawn: list[str]
    replacement: bool
    first_drawn: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregatorChosen(Event):
    """Who writes the answer, and why.

    `how` is task (the best at synthetic tests of the question's task), adaptive (the expert best suited to the
    question) or pool (the one that the pool names). `task`, `right` and `of` tell of the tests, where they decided.
    """

    kind: ClassVar[str] = "aggregator_chosen"
    expert: str
    how: str
    task: str | None = None
    right: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticsChosen(Event):
    """Who criticises the answer of call `call`, in the order drawn, where critics are drawn by quality.

    `weights` are those of all who might have, by name, as `engine.critics.smoothed` makes them.
    """

    kind: ClassVar[str] = "critics_chosen"
    call: str
    critics: list[str]
    weights: dict[str, float]
