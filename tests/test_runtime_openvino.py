"""OpenVINO GenAI, with a real model."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from engine.errors import CallFailed
from engine.runtimes.base import Model, Sampling
from engine.runtimes.local import LocalRuntime
from generating import FollowingSchemas, Generating, Scoring, asking, deltas, ignore, small_expert

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[Model]:
    model = await LocalRuntime("openvino").load(small_expert(), ignore)
    yield model
    await model.close()


class TestOpenVINO(Generating, FollowingSchemas, Scoring):
    score_tolerance = 1.5  # it rounds activations and its cache to eight bits, which a model this small feels

    async def test_a_candidate_that_is_no_text_cannot_be_scored(self, model: Model) -> None:
        with pytest.raises(CallFailed, match="no text by itself"):
            await model.score(asking("Say hello."), ["<|im_end|>"])

    async def test_samples_after_the_first_find_the_prompt_read(self, model: Model) -> None:
        """The second sample's first token needs no pass over the prompt: at most as many deltas precede it."""
        parts = await deltas(model, "word " * 1200, Sampling(max_tokens=20, temperature=1.0, samples=2))
        before = [part.sample for part in parts].index(1)
        assert before < 5

    async def test_what_it_cannot_do_fails_the_call_only(self, model: Model) -> None:
        with pytest.raises(CallFailed):
            await model.embed(["a text"])
