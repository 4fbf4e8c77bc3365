"""An expert as columns and rows name it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """An expert with its place in its run's pool, which gives its colour; -1 where the pool does not have it."""

    expert: str
    title: str
    place: int


def person(pool_experts: Sequence[dict[str, Any]], expert: str) -> Person:
    """The expert of that name in a run's pool."""
    for place, one in enumerate(pool_experts):
        if one["name"] == expert:
            return Person(expert, one.get("title", expert), place)
    return Person(expert, expert, -1)
