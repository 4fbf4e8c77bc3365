"""An answer on its way from the thread that generates to whoever reads it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from engine.errors import CallFailed
from engine.runtimes.base import Delta, FinishReason
from engine.runtimes.detokeniser import Detokeniser


@dataclass(frozen=True, slots=True)
class _Step:
    ids: Sequence[int]
    reason: FinishReason | None


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
        self._steps: asyncio.Queue[_Step | CallFailed] = asyncio.Queue()

    def put(self, ids: Sequence[int], reason: FinishReason | None = None) -> None:
        """New tokens, from any thread; the last ones come with a reason."""
        self._loop.call_soon_threadsafe(self._steps.put_nowait, _Step(ids, reason))

    def fail(self, error: CallFailed) -> None:
        """There will be no more tokens, from any thread."""
        self._loop.call_soon_threadsafe(self._steps.put_nowait, error)

    async def deltas(self) -> AsyncGenerator[Delta, None]:
        """The answer as it comes. Raises the error that it failed with."""
        reason: FinishReason | None = None
        try:
            while reason is None:
                step = await self._steps.get()
                if isinstance(step, CallFailed):
                    raise step
                new = self._text.push(step.ids)
                reason = "stop" if self._text.stopped else step.reason
                if reason:
                    new += self._text.finish()
                yield Delta(new, len(step.ids), self._prompt_tokens, reason)
        finally:
            self.cancelled = True
