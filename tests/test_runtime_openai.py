"""Any OpenAI-compatible server: a real vLLM one on loopback."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from engine.errors import CallFailed, LoadFailed
from engine.runtimes.base import Model, Sampling
from engine.runtimes.openai import OpenAIRuntime
from engine.weights import prepared
from generating import (
    CONTEXT,
    SLOTS,
    STORY,
    FollowingSchemas,
    Generating,
    asking,
    ignore,
    rest_of,
    small_expert,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEY = "a secret of this test"
SECONDS_TO_START = 240


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A vLLM server that serves the small expert; its process and address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    expert = small_expert()
    command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server"]
    command += ["--model", str(prepared(expert, "vllm")), "--served-model-name", expert.model]
    command += ["--host", "127.0.0.1", "--port", str(port), "--api-key", KEY, "--enforce-eager"]
    command += ["--max-model-len", str(CONTEXT), "--max-num-seqs", str(SLOTS)]
    command += ["--kv-cache-memory-bytes", str(2**28)]
    # Without this the model goes on putting whitespace between the parts of its JSON.
    command += ["--structured-outputs-config", '{"backend": "xgrammar", "disable_any_whitespace": true}']
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1"}
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(process, address, log)
        yield process, address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _wait_until_up(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx2.get(f"{address}/health").raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the server did not come up:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def address(server: tuple[subprocess.Popen[bytes], str]) -> str:
    return server[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model(address: str) -> AsyncIterator[Model]:
    model = await OpenAIRuntime(address, KEY).load(small_expert(), ignore)
    yield model
    await model.close()


class TestOpenAI(Generating, FollowingSchemas):
    async def test_a_wrong_key_is_told(self, address: str) -> None:
        with pytest.raises(LoadFailed, match="refused the key"):
            await OpenAIRuntime(address, "wrong").load(small_expert(), ignore)

    async def test_a_model_not_served_is_told_with_those_that_are(self, address: str) -> None:
        other = small_expert().model_copy(update={"model": "nobody/nothing"})
        with pytest.raises(LoadFailed, match=f"nobody/nothing.*{small_expert().model}"):
            await OpenAIRuntime(address, KEY).load(other, ignore)

    async def test_an_address_with_its_path_and_the_served_name_are_taken(self, address: str) -> None:
        served = small_expert().model_copy(update={"model": "other", "served_as": small_expert().model})
        model = await OpenAIRuntime(f"{address}/v1/", KEY).load(served, ignore)
        await model.close()


async def test_a_server_that_is_down_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(LoadFailed, match=rf"127\.0\.0\.1:{port}.*--server"):
        await OpenAIRuntime(f"http://127.0.0.1:{port}").load(small_expert(), ignore)


async def test_a_server_that_dies_fails_the_call(
    server: tuple[subprocess.Popen[bytes], str], address: str
) -> None:
    process, _ = server
    model = await OpenAIRuntime(address, KEY).load(small_expert(), ignore)
    story = model.generate(asking(STORY), Sampling(max_tokens=1500, temperature=0))
    await anext(story)
    os.killpg(process.pid, signal.SIGTERM)
    with pytest.raises(CallFailed):
        await asyncio.wait_for(rest_of(story), 60)
    await model.close()
