"""An answer on its way from the thread that generates to whoever reads it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from engine.errors import CallFailed
from engine.runtimes.base import Delta, FinishReason
from engine.runtimes.detokeniser import Detokeniser


@dataclass(frozen=True, slots=True)
class Step:
    """New tokens, with their log probabilities where these were asked for; the last ones come with a reason."""

    ids: Sequence[int]
    reason: FinishReason | None = None
    log_probabilities: Sequence[float] = ()


class Answer:
    """One answer being generated. A thread puts tokens in, the event loop that made it takes deltas out.

    The thread looks at `cancelled` between its steps: nobody reads any more, be it that the reader closed the
    deltas or that a stop string came.
    """

    def __init__(
        self, prompt_tokens: int, decode: Callable[[list[int]], str], stop: Sequence[str] = ()
    ) -> None:
        self.cancelled = False
        self._prompt_tokens = prompt_tokens
        self._text = Detokeniser(decode, stop)
        self._loop = asyncio.get_running_loop()
        self._steps: asyncio.Queue[Step | CallFailed] = asyncio.Queue()

    def put(self, step: Step) -> None:
        """Add what was generated, from any thread."""
        self._loop.call_soon_threadsafe(self._steps.put_nowait, step)

    def fail(self, error: CallFailed) -> None:
        """There will be no more tokens, from any thread."""
        self._loop.call_soon_threadsafe(self._steps.put_nowait, error)

    async def steps(self) -> AsyncGenerator[Step, None]:
        """The tokens as they come. Raises the error that the answer failed with."""
        reason: FinishReason | None = None
        try:
            while reason is None:
                step = await self._steps.get()
                if isinstance(step, CallFailed):
                    raise step
                reason = step.reason
                yield step
        finally:
            self.cancelled = True

    async def deltas(self) -> AsyncGenerator[Delta, None]:
        """The text as it comes. Raises as `steps` does."""
        async with aclosing(self.steps()) as steps:
            async for step in steps:
                new = self._text.push(step.ids)
                reason = "stop" if self._text.stopped else step.reason
                if reason:
                    new += self._text.finish()
                yield Delta(new, len(step.ids), self._prompt_tokens, reason)
                if reason:
                    return
