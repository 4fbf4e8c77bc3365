"""transformers, with a real model."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from engine.errors import CallFailed
from engine.runtimes.base import Model, Sampling
from engine.runtimes.local import LocalRuntime
from generating import GREEDY, STORY, Generating, Scoring, answer, asking, ignore, rest_of, small_expert

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[Model]:
    model = await LocalRuntime("transformers").load(small_expert(), ignore)
    yield model
    await model.close()


class TestTransformers(Generating, Scoring):
    async def test_neighbours_in_a_batch_do_not_change_what_a_seed_gives(self, model: Model) -> None:
        sampling = Sampling(max_tokens=6, temperature=GREEDY)
        question = "What is the capital of France?"
        alone = await answer(model, question, sampling)
        together = await asyncio.gather(
            answer(model, question, sampling),
            answer(model, "word " * 1200, sampling),
            answer(model, STORY, Sampling(max_tokens=2, temperature=1.5, seed=9)),
        )
        assert together[0] == alone

    async def test_a_batch_that_was_withdrawn_as_a_whole_leaves_the_model_alive(self, model: Model) -> None:
        story = model.generate(asking(STORY), Sampling(max_tokens=40, temperature=GREEDY))
        await anext(story)
        waiting = asyncio.create_task(answer(model, "Hello!", Sampling(max_tokens=4)))
        await asyncio.sleep(0.1)
        waiting.cancel()
        await rest_of(story)
        await asyncio.sleep(0.5)  # the withdrawn one is taken up by itself
        await answer(model, "Hello again!", Sampling(max_tokens=2))

    async def test_a_json_schema_is_refused(self, model: Model) -> None:
        with pytest.raises(CallFailed, match="schema"):
            await answer(model, "A pet as JSON.", Sampling(max_tokens=8, json_schema={"type": "object"}))
