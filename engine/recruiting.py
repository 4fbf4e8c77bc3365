"""Who is recruited for a question: Symbolic-MoE, section 3.2 (arXiv 2503.05641).

Everything here is arithmetic on a profile; the question's skills come from `engine.skills`.
"""

import math
import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

TEMPERATURE = 0.5
"""Softmax temperature of the paper; the released code raises profile totals to 1 / 0.5."""

LEAST_SHARE = 0.05
"""Experts with a smaller share of all draws of a batch are dropped."""

Variant = Literal["paper", "code"]
"""How suitability becomes probability: by softmax, as the paper says, or as the released code does it."""

Scores = Mapping[str, Mapping[str, int]]
"""{expert: {profile skill: score}}, as `Profile.scores` gives it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert's suitability for a question.

    `local_score` is S(M, q), the sum of its profile scores over the question's skills; `global_score` is gamma_M,
    its share of the pool's profile total; `suitability` w is their product, but for negative ones and experts without a
    profile, of which `suitability` tells; `probability` is of being drawn.
    """

    expert: str
    by_skill: dict[str, int]
    local_score: int
    global_score: float
    suitability: float
    probability: float


def global_scores(totals: Mapping[str, int], power: float = 1.0) -> dict[str, float]:
    """gamma_M: each expert's profile total over the pool's total; the released code raises the totals to a power.

    The paper divides as if all totals were positive. Where one is negative that would turn the order round, so all
    are first shifted by 1 - min, as the released code does. If all totals are 0 the experts share equally.
    """
    shifted = {m: total**power for m, total in _shifted(totals).items()}
    pool = sum(shifted.values())
    return {m: total / pool if pool else 1 / len(shifted) for m, total in shifted.items()}


def _shifted(scores: Mapping[str, int]) -> dict[str, int]:
    """The scores; plus 1 - min where one is negative."""
    lowest = min(scores.values())
    shift = 1 - lowest if lowest < 0 else 0
    return {m: score + shift for m, score in scores.items()}


def softmax(weights: Sequence[float], temperature: float) -> list[float]:
    """exp(w / T), normalised to 1; shape as `weights`."""
    highest = max(weights)
    powers = [math.exp((weight - highest) / temperature) for weight in weights]
    total = sum(powers)
    return [power / total for power in powers]


def suitability(
    experts: Sequence[str], scores: Scores, skills: Sequence[str], variant: Variant = "paper"
) -> list[Candidate]:
    """Every expert's suitability for a question that needs `skills` (profile skills), in the order of `experts`.

    A skill that the profile does not know counts 0. An expert that it does not know has a gamma of 0, and the w of the
    least suited of the others, or 0 where that is less; where it knows none of them, all share equally.

    `paper`: each skill counts once, w = gamma S, and the probability is its softmax at 0.5. Where a profile total is
    negative, of which the paper does not think, negative S are shifted as the totals are: else gamma S would be best
    for the weakest expert, whose gamma is near 0.

    `code`: a skill counts as often as it is among `skills`, gamma is of squared totals, experts with S of 0 or less are
    left out (where none is positive, all S are shifted by 1 - min instead), as are those that were profiled in none of
    the skills, and the probability is in proportion to gamma S; where that leaves nobody, all are equally likely.
    """
    times = Counter(skills) if variant == "code" else dict.fromkeys(skills, 1)
    by_skill = {
        m: {skill: n * scores.get(m, {}).get(skill, 0) for skill, n in times.items()} for m in experts
    }
    local = {m: sum(by_skill[m].values()) for m in experts}
    profiled = [m for m in experts if scores.get(m)] or experts
    totals = {m: sum(scores.get(m, {}).values()) for m in profiled}
    unknown = dict.fromkeys(experts, 0.0)
    if variant == "paper":
        share = unknown | global_scores(totals)
        positive = {m: local[m] for m in profiled}
        if min(totals.values()) < 0:
            positive = _shifted(positive)
        known = {m: share[m] * score for m, score in positive.items()}
        weight = dict.fromkeys(experts, min(0.0, *known.values())) | known
        probabilities = softmax([weight[m] for m in experts], TEMPERATURE)
    else:
        share = unknown | global_scores(totals, 1 / TEMPERATURE)
        rated = {m: local[m] for m in experts if any(skill in scores.get(m, {}) for skill in times)}
        shift = 1 - min(rated.values(), default=0) if max(rated.values(), default=0) <= 0 else 0
        weight = unknown | {m: share[m] * max(0, score + shift) for m, score in rated.items()}
        # The least suited expert's gamma can be 0; where it is all that is left, everyone is as likely.
        total = sum(weight.values())
        probabilities = [weight[m] / total if total else 1 / len(experts) for m in experts]
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
        return rng.choices(names, weights if any(weights) else None, k=k)
    return draw_apart(names, weights, k, rng)


def draw_apart(names: Sequence[str], weights: Sequence[float], k: int, rng: random.Random) -> list[str]:
    """Draw k names, or all where there are fewer, each once: one by one in proportion to the weights of those left."""
    names, weights = list(names), list(weights)
    drawn: list[str] = []
    while names and len(drawn) < k:
        # A softmax can underflow to 0 for all that are left: then they are equally unsuitable.
        place = rng.choices(range(len(names)), weights if any(weights) else None)[0]
        drawn.append(names.pop(place))
        weights.pop(place)
    return drawn


def often_drawn(draws: Sequence[Sequence[str]]) -> frozenset[str]:
    """The experts with at least 5% of all draws of a batch: the others are dropped. `draws` has those of each question.

    Where nobody has as much, all that were drawn: a batch over very many experts drops none.
    """
    times = Counter(expert for drawn in draws for expert in drawn)
    often = frozenset(expert for expert, count in times.items() if count >= LEAST_SHARE * times.total())
    return often or frozenset(times)


def redraw(
    candidates: Sequence[Candidate], drawn: Sequence[str], kept: Collection[str], rng: random.Random
) -> list[str]:
    """The draws with those of experts that are not kept drawn anew among the kept ones, with replacement."""
    staying = [candidate for candidate in candidates if candidate.expert in kept]
    return [expert if expert in kept else draw(staying, 1, True, rng)[0] for expert in drawn]
