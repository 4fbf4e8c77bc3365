"""What a call asks of its model."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.runtimes.base import Message, Sampling


@dataclass(frozen=True, slots=True)
class Generate:
    """Write a text."""

    messages: Sequence[Message]
    sampling: Sampling


@dataclass(frozen=True, slots=True)
class Score:
    """Give the natural-log probability of each candidate as the next token."""

    messages: Sequence[Message]
    candidates: Sequence[str]


@dataclass(frozen=True, slots=True)
class OutcomeReward:
    """Give the raw score of the last message, by an outcome reward model."""

    messages: Sequence[Message]


@dataclass(frozen=True, slots=True)
class StepRewards:
    """Give the probability that each step is good, by a process reward model."""

    messages: Sequence[Message]
    steps: Sequence[str]


Task = Generate | Score | OutcomeReward | StepRewards
