"""A model in a process of its own, as the app calls it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from engine.pool import Expert
from engine.runtimes.base import Delta, Measured, Message, Progress, Sampling
from engine.runtimes.child import Child
from engine.runtimes.wire import messages_to_json


class ModelProcess:
    """A model served by a process of its own; it is a `base.Model`. Start one with `ModelProcess.start`.

    Every call raises ModelLost when the process ends meanwhile.
    """

    def __init__(self, child: Child) -> None:
        self._child = child

    @classmethod
    async def start(cls, kind: str, path: Path, expert: Expert, progress: Progress) -> "ModelProcess":
        """Start a process for the model at `path` with the runtime `kind`. Raises LoadFailed; see `Child.start`."""
        return cls(await Child.start(kind, path, expert, progress))

    @property
    def pid(self) -> int:
        """The id of the process and of its process group."""
        return self._child.pid

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream the samples of one answer; see `base.Model`."""
        request = _about("generate", messages, sampling=asdict(sampling))
        async with aclosing(self._child.ask(request)) as replies:
            async for reply in replies:
                if "delta" in reply:
                    yield Delta(**reply["delta"])

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:
        """Log probabilities of the candidates as next token; see `base.Model`."""
        return await self._measured(_about("score", messages, candidates=list(candidates)))

    async def outcome_reward(self, messages: Sequence[Message]) -> Measured:
        """The score of the conversation's last message; see `base.Model`."""
        return await self._measured(_about("outcome_reward", messages))

    async def step_rewards(self, messages: Sequence[Message], steps: Sequence[str]) -> Measured:
        """Probability that each step is good; see `base.Model`."""
        return await self._measured(_about("step_rewards", messages, steps=list(steps)))

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit-length embeddings; see `base.Model`."""
        return cast(list[list[float]], await self._child.value({"ask": "embed", "texts": list(texts)}))

    async def close(self) -> None:
        """End the process and all it started; calls in flight raise ModelLost. Returns when they are gone."""
        await self._child.close()

    async def _measured(self, request: dict[str, Any]) -> Measured:
        return Measured(**await self._child.value(request))


def _about(ask: str, messages: Sequence[Message], **rest: Any) -> dict[str, Any]:
    return {"ask": ask, "messages": messages_to_json(messages), **rest}
