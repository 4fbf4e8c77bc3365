"""Any OpenAI-compatible server: a real vLLM one on loopback."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import pytest_asyncio

from engine.errors import CallFailed, LoadFailed
from engine.runtimes.base import Model, Sampling
from engine.runtimes.openai import OpenAIRuntime
from generating import (
    STORY,
    FollowingSchemas,
    Generating,
    asking,
    ignore,
    rest_of,
    small_expert,
)
from vllm_server import KEY, vllm_server

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A vLLM server that serves the small expert; its process and address."""
    with vllm_server(tmp_path_factory.mktemp("server") / "log") as served:
        yield served


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


class _Garbled(BaseHTTPRequestHandler):
    """Lists a model, and answers with an event that is no JSON."""

    def do_GET(self) -> None:
        self._say("application/json", json.dumps({"data": [{"id": small_expert().model, "object": "model"}]}))

    def do_POST(self) -> None:
        self._say("text/event-stream", "data: {oops\n\n")

    def _say(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


async def test_an_event_that_is_no_json_fails_the_call() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Garbled) as garbled:
        threading.Thread(target=garbled.serve_forever, daemon=True).start()
        model = await OpenAIRuntime(f"http://127.0.0.1:{garbled.server_port}/v1").load(small_expert(), ignore)
        with pytest.raises(CallFailed, match="no usable answer"):
            await rest_of(model.generate(asking(STORY), Sampling(max_tokens=8)))
        await model.close()
        garbled.shutdown()


async def test_a_server_that_dies_fails_the_call(
    server: tuple[subprocess.Popen[bytes], str], address: str
) -> None:
    process, _ = server
    model = await OpenAIRuntime(address, KEY).load(small_expert(), ignore)
    story = model.generate(asking(STORY), Sampling(max_tokens=1500, temperature=0))
    await anext(story)
    os.killpg(process.pid, signal.SIGKILL)  # asked politely, a server may first end the answers it is giving
    with pytest.raises(CallFailed):
        await asyncio.wait_for(rest_of(story), 60)
    await model.close()
