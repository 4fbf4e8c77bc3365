"""vLLM, with a real model."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from engine.runtimes.base import Model
from engine.runtimes.local import LocalRuntime
from generating import FollowingSchemas, Generating, Scoring, ignore, small_expert

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[Model]:
    model = await LocalRuntime("vllm").load(small_expert(), ignore)
    yield model
    await model.close()


class TestVLLM(Generating, FollowingSchemas, Scoring):
    """All that a runtime can do."""
