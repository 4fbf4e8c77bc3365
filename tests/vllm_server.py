"""A real vLLM server on loopback that serves the small expert."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from engine.weights import prepared
from generating import CONTEXT, SLOTS, small_expert

KEY = "a secret of this test"
SECONDS_TO_START = 240


@contextmanager
def vllm_server(log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The server's process and address; it ends with the block."""
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
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(process, address, log)
        yield process, address
    finally:
        with suppress(ProcessLookupError):
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
