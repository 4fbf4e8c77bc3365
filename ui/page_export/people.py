"""The experts of a run."""

import re
from dataclasses import dataclass
from typing import Any

COLOURS = 16


@dataclass(frozen=True, slots=True)
class Person:
    """An expert as the page names it. `place` is its place in the run's own pool, which gives its colour."""

    name: str
    title: str
    size: str = ""
    model: str = ""
    place: int | None = None


class People:
    """The experts of a run's pool, by name; one that the pool does not have is known by its name alone."""

    def __init__(self, pool_experts: list[dict[str, Any]]) -> None:
        self._people = {
            expert["name"]: Person(
                name=expert["name"],
                title=expert["title"],
                size=_size(expert["title"], expert["parameters"]),
                model=expert["model"],
                place=place % COLOURS,
            )
            for place, expert in enumerate(pool_experts)
        }

    def __getitem__(self, name: str) -> Person:
        return self._people.get(name) or Person(name, name)


def _size(title: str, parameters: int | None) -> str:
    """494000000 as 494M, unless the title says the size already."""
    if not parameters or re.search(r"\d\s?[BM]\b", title, re.IGNORECASE):
        return ""
    return f"{parameters / 1e9:.1f}B" if parameters >= 1e9 else f"{parameters / 1e6:.0f}M"
