"""Serving the pages: a real process, a real port, real signals."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from fastapi import FastAPI

from engine.errors import UserError
from ui.server import Server

SERVES = """
from fastapi import FastAPI
from ui.server import Server

pages = FastAPI()
pages.get("/")(lambda: "here")
Server(pages, port=0).run(lambda words: print(words, flush=True))
print("cleaned up")
"""


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_serving_and_lets_the_caller_clean_up(ending: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVES], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        announced = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", announced)
        assert found, announced
        with urllib.request.urlopen(found[0]) as response:
            assert response.read() == b'"here"'
        process.send_signal(ending)
        assert process.stdout.read() == "cleaned up\n"
    assert process.returncode == 0


def test_a_taken_port_is_said_to_be_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=rf"Cannot serve at 127.0.0.1:{port} .*in use.*--port"):
            Server(FastAPI(), port=port)
