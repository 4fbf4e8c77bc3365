"""Who criticises an answer, where critics are drawn by how good their critiques were judged to be."""

import random
from collections.abc import Mapping, Sequence
from typing import Literal

from engine.recruiting import draw_apart

CriticChoice = Literal["in turn", "by quality"]
"""The others in the order of recruiting; or drawn, a better critic more often."""

BY_QUALITY: CriticChoice = "by quality"

PRIOR = 1.0
"""Critiques judged helpful, and as many judged harmful, that every critic is credited with from the start."""


def smoothed(mean: float, judged: int) -> float:
    """A critic's weight: (mean * judged + 1) / (judged + 2), between 0 and 1 (Laplace's rule of succession).

    `mean` is over its `judged` critiques: 1 helpful, 0.5 harmless, 0 harmful. Few judgements leave it near
    `UNJUDGED`, and no number of them takes all chance from anybody.
    """
    return (mean * judged + PRIOR) / (judged + 2 * PRIOR)


UNJUDGED = smoothed(0.0, 0)
"""The weight of a critic of whom no critique was judged: one half, as of one whose critiques are harmless."""


def weights_of(critics: Sequence[str], quality: Mapping[str, float]) -> dict[str, float]:
    """Each critic's weight, by name, in the order of `critics`."""
    return {critic: quality.get(critic, UNJUDGED) for critic in critics}


def draw_critics(weights: Mapping[str, float], each: int, seed: int) -> list[str]:
    """Draw `each` critics, or all where there are fewer, one after another without replacement.

    Every draw is in proportion to the weights of those left, so that of weights w the first two are a and b with
    probability w_a / W * w_b / (W - w_a), W being the sum. The same seed gives the same critics.
    """
    return draw_apart(list(weights), list(weights.values()), each, random.Random(seed))
