"""Several answers to one prompt as one stream."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from engine.runtimes.base import Delta, Sampling


def singly(sampling: Sampling) -> list[Sampling]:
    """How to sample each of the samples by itself: each has a seed of its own, the first that of them all."""
    return [replace(sampling, samples=1, seed=sampling.seed + at) for at in range(sampling.samples)]


async def mixed(answers: Sequence[AsyncGenerator[Delta, None]]) -> AsyncGenerator[Delta, None]:
    """The deltas of all the answers as they come, each told with its answer's number as its sample.

    Raises the first error of any answer. All answers are closed when this ends or is closed.
    """
    if len(answers) == 1:
        async with aclosing(answers[0]) as only:
            async for delta in only:
                yield delta
        return
    come: asyncio.Queue[Delta | Exception | None] = asyncio.Queue()

    async def read(sample: int, answer: AsyncGenerator[Delta, None]) -> None:
        try:
            async with aclosing(answer) as deltas:
                async for delta in deltas:
                    come.put_nowait(replace(delta, sample=sample))
            come.put_nowait(None)
        except Exception as error:  # noqa: BLE001 (raised again by who reads the deltas)
            come.put_nowait(error)

    readers = [asyncio.create_task(read(sample, answer)) for sample, answer in enumerate(answers)]
    try:
        running = len(answers)
        while running:
            came = await come.get()
            if isinstance(came, Exception):
                raise came
            if came is None:
                running -= 1
            else:
                yield came
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
