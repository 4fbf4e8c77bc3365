"""What a model inside a model process may be able to do, each as `base.Model` says it; no model does all."""

from collections.abc import AsyncGenerator, Sequence
from typing import Protocol, runtime_checkable

from engine.runtimes.base import Delta, Measured, Message, Sampling


@runtime_checkable
class Generates(Protocol):
    """Writes answers."""

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream the samples of one answer."""
        ...


@runtime_checkable
class Scores(Protocol):
    """Gives the probabilities of candidates."""

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:
        """Log probability of each candidate as the next token."""
        ...


@runtime_checkable
class RewardsOutcomes(Protocol):
    """Scores solutions as a whole."""

    async def outcome_reward(self, messages: Sequence[Message]) -> Measured:
        """Raw score of a conversation's last message."""
        ...


@runtime_checkable
class RewardsSteps(Protocol):
    """Scores the steps of solutions."""

    async def step_rewards(self, messages: Sequence[Message], steps: Sequence[str]) -> Measured:
        """Probability that each step is good."""
        ...


@runtime_checkable
class Closes(Protocol):
    """Leaves something behind on this machine unless it is closed before its process ends."""

    def close(self) -> None:
        """Clear up."""
        ...


@runtime_checkable
class Embeds(Protocol):
    """Turns texts into vectors."""

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit-length embeddings, one per text."""
        ...
