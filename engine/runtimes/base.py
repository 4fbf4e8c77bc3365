"""What every runtime offers: load an expert's model, generate as a stream, score, embed, close."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from engine.pool import Expert

Progress = Callable[[float | None, str], None]
"""Called with the share of loading done (0 to 1, None where unknown) and a few words."""

FinishReason = Literal["stop", "length", "cancelled"]


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to sample. `temperature` 0 is greedy; `seed` makes a sampled answer repeatable where the runtime can.

    `samples` answers are sampled independently from one prompt, which is read once.
    """

    max_tokens: int
    temperature: float = 0.7
    top_p: float = 1.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    json_schema: dict[str, Any] | None = None
    samples: int = 1


@dataclass(frozen=True, slots=True)
class Delta:
    """What came since the last delta of the same sample, from 0. A sample's last one has a `finish_reason`.

    `tokens` counts new output tokens; `prompt_tokens` is known from the last delta at the latest.
    """

    text: str = ""
    tokens: int = 0
    prompt_tokens: int | None = None
    finish_reason: FinishReason | None = None
    sample: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """Numbers that a model gives in place of a text, and how many tokens of prompt it was given for them."""

    values: list[float]
    prompt_tokens: int


class Model(Protocol):
    """A loaded model. Any number of generations may be in flight; the runtime batches them."""

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream the samples of one answer, mixed. Closing the iterator cancels the generation and frees its slot.

        Raises PromptTooLong when the prompt has more tokens than the model takes, ModelLost when the
        process that ran the model has ended, CallFailed otherwise.
        """
        ...

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:
        """Natural-log probability of each candidate as the next token after the prompt.

        A candidate of several tokens counts by its first. Raises CallFailed where the runtime cannot.
        """
        ...

    async def outcome_reward(self, messages: Sequence[Message]) -> Measured:
        """What a sequence reward model gives the last message of a conversation: one raw score, any real number.

        Raises CallFailed where the model is no outcome reward model.
        """
        ...

    async def step_rewards(self, messages: Sequence[Message], steps: Sequence[str]) -> Measured:
        """Probability that each step of a solution is good; the steps, joined, answer `messages`.

        Raises CallFailed where the model is no process reward model.
        """
        ...

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit-length embeddings, one per text. Raises CallFailed where the model is no embedder."""
        ...

    async def close(self) -> None:
        """Free the model's memory; calls in flight fail."""
        ...


class Runtime(Protocol):
    """A way to run models.

    `enforces_json` says whether its models follow the JSON schema of a sampling, `scores` whether they can score.
    """

    name: str
    enforces_json: bool
    scores: bool

    async def load(self, expert: Expert, progress: Progress) -> Model:
        """Load an expert's model. Raises LoadFailed, or WeightsMissing when there is nothing to load."""
        ...

    def memory(self, expert: Expert) -> int:
        """Bytes the expert needs while loaded, its cache included; 0 where it costs this machine nothing."""
        ...
