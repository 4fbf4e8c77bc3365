"""What experts write in a very long run, token by token: answers of 4,000 tokens, critiques that share so many."""

import random
import re
from collections.abc import Sequence

from plausible import SUBJECTS, long_working

TOKENS = 4000  # of an expert in a round

_NUMBER = re.compile(r"\d+")


class LargeTexts:
    """Texts from one source of randomness. With a `common` answer all first answers are much like it, as experts are
    who solve the same question: two thirds are the same, a sixth is in other words, a sixth has other numbers."""

    def __init__(self, rng: random.Random, common: Sequence[str] = ()) -> None:
        self._rng = rng
        self._common = list(common)

    def answer(self) -> list[str]:
        """An answer like no other."""
        return [*long_working(self._rng, SUBJECTS[1], TOKENS - 2), "\n\nThe answer is ", "\\boxed{7}"]

    def first(self) -> list[str]:
        """What an expert answers first."""
        if not self._common:
            return self.answer()
        sixth = TOKENS // 6
        anew = self.answer()
        return [
            *self._common[: 2 * sixth],
            *anew[2 * sixth : 3 * sixth],
            *(self._miscounted(token) for token in self._common[3 * sixth : 4 * sixth]),
            *self._common[4 * sixth :],
        ]

    def refined(self, before: Sequence[str]) -> list[str]:
        """An answer with the third in its middle written anew."""
        after, third = self.answer(), len(before) // 3
        return [*before[:third], *after[third : 2 * third], *before[2 * third :]]

    def critique(self, at_once: int) -> list[str]:
        """One of so many critiques that an expert writes in a round."""
        return [*long_working(self._rng, SUBJECTS[1], TOKENS // at_once - 2), "\n\nVerdict: ", "wrong"]

    def _miscounted(self, token: str) -> str:
        return _NUMBER.sub(lambda number: "".join(self._rng.choices("123456789", k=len(number[0]))), token)
