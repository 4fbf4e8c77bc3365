"""The reward of a solution: MAgICoRe, section 3.1 (arXiv 2409.12147)."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reward:
    """A solution's scores, all from 0 to 1: of its outcome and of each of its steps."""

    outcome: float
    steps: tuple[float, ...]

    @property
    def process(self) -> float:
        """The product of the steps' scores; 0 where there are none, as nothing was reasoned."""
        return math.prod(self.steps) if self.steps else 0.0

    @property
    def total(self) -> float:
        """R: the outcome's score plus the product of the steps' scores."""
        return self.outcome + self.process


def sigmoid(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    if x < 0:
        return 1 - sigmoid(-x)
    return 1 / (1 + math.exp(-x))
