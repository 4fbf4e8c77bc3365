"""OpenVINO GenAI, with a real model."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from engine.errors import CallFailed
from engine.runtimes.base import Model
from engine.runtimes.local import LocalRuntime
from generating import FollowingSchemas, Generating, asking, ignore, small_expert

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[Model]:
    model = await LocalRuntime("openvino").load(small_expert(), ignore)
    yield model
    await model.close()


class TestOpenVINO(Generating, FollowingSchemas):
    async def test_what_it_cannot_do_fails_the_call_only(self, model: Model) -> None:
        with pytest.raises(CallFailed):
            await model.score(asking("2 + 2 ="), ["4", "5"])
        with pytest.raises(CallFailed):
            await model.embed(["a text"])
