"""Skills by experts of a profile in an order that lets its structure show: what is alike stands side by side.

Rows and columns are each clustered (Ward linkage) and their leaves ordered so that neighbours differ least, after
Bar-Joseph, Gifford and Jaakkola, "Fast optimal leaf ordering for hierarchical clustering", 2001.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage

from engine.profile import Profile

CALM_ROWS = 40
"""About so many rows are shown where nobody asked for more."""
PRIOR = 2.0
"""How many answers an expert's share over all skills weighs beside its answers in one."""
MOST_CLUSTERED = 400
"""Patterns up to which leaves are ordered optimally, which takes time with their cube."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many answers an expert gave to a skill's questions, and how many of them were right."""

    right: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill, how many validation questions need it, and the cells of the experts in the order of the map."""

    skill: str
    questions: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Experts and skills in display order; skills of fewer than `least` questions are left out.

    `skills` counts all of the profile, and `most` is how many questions the one with most has.
    """

    experts: tuple[str, ...]
    rows: tuple[SkillRow, ...]
    least: int
    most: int
    skills: int


def heat_map(profile: Profile, experts: Sequence[str], least: int | None = None) -> HeatMap:
    """The map of a profile over `experts`; without `least`, the first that leaves some 40 skills or fewer."""
    rows = _rows(profile, experts)
    counts = [row.questions for row in rows]
    if least is None:
        least = _calm_least(counts)
    shown = [row for row in rows if row.questions >= least]
    shares = _shares(shown, _totals(profile, experts))
    down, across = _order(shares), _order(shares.T)
    ordered = (
        SkillRow(row.skill, row.questions, tuple(row.cells[column] for column in across))
        for row in (shown[index] for index in down)
    )
    return HeatMap(
        tuple(experts[column] for column in across), tuple(ordered), least, max(counts, default=0), len(rows)
    )


def _rows(profile: Profile, experts: Sequence[str]) -> list[SkillRow]:
    """A row for each skill, in alphabetical order, so that the same profile always gives the same map."""
    outcomes = defaultdict(list)
    for question in profile.questions:
        for skill in question.skills:
            outcomes[skill].append(question.right)
    return [
        SkillRow(skill, len(found), tuple(_cell(found, expert) for expert in experts))
        for skill, found in sorted(outcomes.items())
    ]


def _cell(outcomes: Iterable[dict[str, bool]], expert: str) -> Cell:
    answers = [outcome[expert] for outcome in outcomes if expert in outcome]
    return Cell(sum(answers), len(answers))


def _totals(profile: Profile, experts: Sequence[str]) -> list[Cell]:
    """What each expert has right over all questions, each counted once."""
    return [_cell((question.right for question in profile.questions), expert) for expert in experts]


def _calm_least(questions: Sequence[int]) -> int:
    for least in sorted({1, *questions}):
        if sum(count >= least for count in questions) <= CALM_ROWS:
            return least
    return max(questions, default=1)


def _shares(rows: Sequence[SkillRow], totals: Sequence[Cell]) -> NDArray[np.float64]:
    """Shares right, rows by experts, each drawn to the expert's own over all: one lucky answer is not a cluster."""
    usual = [total.right / total.answered if total.answered else 0.5 for total in totals]
    return np.array(
        [
            [
                (cell.right + PRIOR * base) / (cell.answered + PRIOR)
                for cell, base in zip(row.cells, usual, strict=True)
            ]
            for row in rows
        ]
    ).reshape(len(rows), len(totals))


def _order(points: NDArray[np.float64]) -> list[int]:
    """The order of the points (rows) with alike ones together, and those of greater mean first."""
    if not points.size:
        return list(range(len(points)))
    distinct, groups = np.unique(points, axis=0, return_inverse=True)
    if len(distinct) < 3 or len(distinct) > MOST_CLUSTERED:
        order = np.argsort(distinct.mean(axis=1), kind="stable")
    else:
        order = leaves_list(linkage(distinct, "ward", optimal_ordering=True))
    places = np.arange(len(distinct))
    if np.dot(places - places.mean(), distinct[order].mean(axis=1)) > 0:
        order = order[::-1]
    position = np.empty_like(order)
    position[order] = places
    return [int(index) for index in np.argsort(position[groups.reshape(-1)], kind="stable")]
