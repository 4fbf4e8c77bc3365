"""Whether two sentences that are otherwise alike say different things."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import Indel

from ui.comparison.wording import Wording

Contradiction = Literal["choice", "number", "negation"]

_ALIKE = 0.75
"""How much of their words two sentences share at least to be about the same."""


def contradiction(members: Sequence[Wording]) -> Contradiction | None:
    """In what any two of the sentences contradict each other; a choice weighs more than a number, that than a no."""
    found = {between(first, second) for first, second in combinations(members, 2)}
    order: tuple[Contradiction, ...] = ("choice", "number", "negation")
    return next((kind for kind in order if kind in found), None)


def between(first: Wording, second: Wording) -> Contradiction | None:
    """In what two counterparts contradict each other: in the choice that they name, in a number, or in a no.

    Numbers are compared by value: 1,000 is 1000, 0.5 is 1/2, and 25 % is 0.25 where only one sentence has percent. Of
    two sentences that state the answer, the results count, of two equations what they come to; other sentences must be
    alike but for their numbers.
    """
    if first.percent != second.percent:
        first, second = (_as_percent(one, other) for one, other in ((first, second), (second, first)))
    stating = all(one.states or one.bare for one in (first, second))
    alike = (
        Indel.normalized_similarity(first.masked, second.masked) >= _ALIKE
        and first.ordinals == second.ordinals
    )
    if (stating or alike) and first.choices and second.choices:
        return "choice" if set(first.choices).isdisjoint(second.choices) else None
    if stating and first.result and second.result:
        return "number" if first.result != second.result else None
    if alike and _differ(first, second):
        return "number"
    return "negation" if (stating or alike) and first.denials % 2 != second.denials % 2 else None


def _as_percent(one: Wording, other: Wording) -> Wording:
    """The sentence with those shares as percentages that the other one, which has percent, gives so."""
    if one.percent:
        return one

    def written(values: tuple[Fraction, ...], theirs: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
        return tuple(100 * value if 100 * value in theirs else value for value in values)

    return replace(one, numbers=written(one.numbers, other.numbers), result=written(one.result, other.result))


def _differ(first: Wording, second: Wording) -> bool:
    """Whether the numbers of two sentences, alike in their words, cannot both be right."""
    ours, theirs = first.numbers, second.numbers
    if not ours or not theirs or Counter(ours) == Counter(theirs):
        return False
    if len(ours) != len(theirs):
        return ours[-1] not in theirs and theirs[-1] not in ours
    if first.equation and second.equation:
        same_sum = Counter(ours[:-1]) == Counter(theirs[:-1])
        return ours[-1] != theirs[-1] and (same_sum or (first.wordy and second.wordy))
    return len(ours) == 1 or (first.wordy and second.wordy)
