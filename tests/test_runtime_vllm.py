"""vLLM, with a real model."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from engine.runtimes.base import Model, Sampling
from engine.runtimes.local import LocalRuntime
from generating import CONTEXT, SLOTS, FollowingSchemas, Generating, Scoring, deltas, ignore, small_expert

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[Model]:
    model = await LocalRuntime("vllm").load(small_expert(), ignore)
    yield model
    await model.close()


class TestVLLM(Generating, FollowingSchemas, Scoring):
    async def test_prompts_that_do_not_fit_one_pass_keep_their_seeds(self, model: Model) -> None:
        sampling = Sampling(max_tokens=4, temperature=1.0, seed=7)
        prompts = [f"Repeat {number}: " + "word " * (CONTEXT * 3 // 4) for number in range(SLOTS)]
        answers = await asyncio.gather(*(deltas(model, prompt, sampling) for prompt in prompts))
        assert [parts[-1].finish_reason for parts in answers] == ["length"] * SLOTS
