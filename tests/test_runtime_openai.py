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
from typing import ClassVar

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


class _Schemaless(BaseHTTPRequestHandler):
    """Refuses schemas, and gives two samples, of which it states the tokens at the end."""

    asked: ClassVar[list[tuple[bool, int]]] = []

    def do_GET(self) -> None:
        self._say("application/json", json.dumps({"data": [{"id": small_expert().model, "object": "model"}]}))

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(("response_format" in request, request["max_tokens"]))
        if "response_format" in request:
            self._say("application/json", json.dumps({"error": {"message": "response_format: unknown"}}), 400)
            return
        said = [(0, "Yes.", None), (1, "No.", None), (0, "", "stop"), (1, "", "length")]
        chunks: list[dict[str, object]] = [
            {"choices": [{"index": index, "delta": {"content": text}, "finish_reason": reason}]}
            for index, text, reason in said
        ]
        chunks.append(
            {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}}
        )
        self._say(
            "text/event-stream",
            "".join(f"data: {json.dumps(one)}\n\n" for one in chunks) + "data: [DONE]\n\n",
        )

    def _say(self, kind: str, text: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


async def test_a_server_that_knows_no_schemas_is_asked_without_and_every_sample_counts_its_prompt() -> None:
    sampling = Sampling(max_tokens=8, samples=2, json_schema={"type": "object"})
    thinking = small_expert().model_copy(update={"thinks": True, "max_tokens": 64})
    with ThreadingHTTPServer(("127.0.0.1", 0), _Schemaless) as schemaless:
        threading.Thread(target=schemaless.serve_forever, daemon=True).start()
        model = await OpenAIRuntime(f"http://127.0.0.1:{schemaless.server_port}").load(thinking, ignore)
        for _ in range(2):
            deltas = [delta async for delta in model.generate(asking(STORY), sampling)]
            ends = {delta.sample: delta for delta in deltas if delta.finish_reason}
            assert {sample: (end.finish_reason, end.prompt_tokens) for sample, end in ends.items()} == {
                0: ("stop", 7),
                1: ("length", 7),
            }
            assert sum(delta.tokens for delta in deltas) == 5
            assert {"".join(d.text for d in deltas if d.sample == sample) for sample in ends} == {
                "Yes.",
                "No.",
            }
        await model.close()
        schemaless.shutdown()
    assert _Schemaless.asked == [(True, 8), (False, 64), (False, 64)]  # without a schema it thinks


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
