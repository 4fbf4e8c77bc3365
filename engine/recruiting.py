"""Who is recruited for a question: Symbolic-MoE, section 3.2 (arXiv 2503.05641).

Everything here is arithmetic on a profile; the question's skills come from `engine.skills`.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TEMPERATURE = 0.5
"""Softmax temperature of the paper."""

Scores = Mapping[str, Mapping[str, int]]
"""{expert: {profile skill: score}}, as `Profile.scores` gives it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert's suitability for a question.

    `local_score` is S(M, q), the sum of its profile scores over the question's skills; `global_score` is gamma_M,
    its share of the pool's profile total; `suitability` w is their product; `probability` the softmax over the pool.
    """

    expert: str
    by_skill: dict[str, int]
    local_score: int
    global_score: float
    suitability: float
    probability: float


def global_scores(totals: Mapping[str, int]) -> dict[str, float]:
    """gamma_M: each expert's profile total over the pool's total.

    The paper divides as if all totals were positive. Where one is negative that would turn the order round, so all
    are first shifted by 1 - min, as the released code does. If all totals are 0 the experts share equally.
    """
    lowest = min(totals.values())
    shifted = {m: total - lowest + 1 if lowest < 0 else total for m, total in totals.items()}
    pool = sum(shifted.values())
    return {m: total / pool if pool else 1 / len(shifted) for m, total in shifted.items()}


def softmax(weights: Sequence[float], temperature: float) -> list[float]:
    """exp(w / T), normalised to 1; shape as `weights`."""
    highest = max(weights)
    powers = [math.exp((weight - highest) / temperature) for weight in weights]
    total = sum(powers)
    return [power / total for power in powers]


def suitability(experts: Sequence[str], scores: Scores, skills: Sequence[str]) -> list[Candidate]:
    """Every expert's suitability for a question that needs `skills` (profile skills), in the order of `experts`.

    An expert or skill that the profile does not know counts 0.
    """
    by_skill = {m: {skill: scores.get(m, {}).get(skill, 0) for skill in skills} for m in experts}
    local = {m: sum(by_skill[m].values()) for m in experts}
    share = global_scores({m: sum(scores.get(m, {}).values()) for m in experts})
    weight = {m: share[m] * local[m] for m in experts}
    probabilities = softmax([weight[m] for m in experts], TEMPERATURE)
    return [
        Candidate(m, by_skill[m], local[m], share[m], weight[m], probability)
        for m, probability in zip(experts, probabilities, strict=True)
    ]


def draw(candidates: Sequence[Candidate], k: int, replacement: bool, rng: random.Random) -> list[str]:
    """Draw k experts by their probabilities.

    Without replacement each is drawn at most once, so fewer than k come where the pool has fewer.
    """
    names = [candidate.expert for candidate in candidates]
    weights = [candidate.probability for candidate in candidates]
    if replacement:
        return rng.choices(names, weights, k=k)
    drawn: list[str] = []
    while names and len(drawn) < k:
        # A softmax can underflow to 0 for all that are left: then they are equally unsuitable.
        place = rng.choices(range(len(names)), weights if any(weights) else None)[0]
        drawn.append(names.pop(place))
        weights.pop(place)
    return drawn
