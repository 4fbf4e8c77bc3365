"""Serving the pages until a signal ends it."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from engine.errors import UserError


class Server:
    """The pages at an address. `run` may be called from a thread; `stop` ends it from any other."""

    def __init__(self, pages: FastAPI, host: str = "127.0.0.1", port: int = 7860) -> None:
        """Take the port at once; 0 takes a free one. Raises UserError when it cannot be had."""
        try:
            self._socket = socket.create_server((host, port), family=_family(host))
        except OSError as error:
            reason = (error.strerror or str(error)).partition(" (")[0]
            raise UserError(
                f"Cannot serve at {host}:{port} ({reason}): choose another with --host and --port."
            ) from error
        self._server = uvicorn.Server(
            uvicorn.Config(pages, log_level="warning", timeout_graceful_shutdown=2, server_header=False)
        )
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{shown}:{self._socket.getsockname()[1]}"

    def run(self, announce: Callable[[str], None] = print) -> None:
        """Say where the pages are and serve until SIGINT, SIGTERM or `stop`; then it returns."""
        with self._socket, _caught():
            announce(f"Disputatio is at {self.address}")
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """End `run` soon."""
        self._server.should_exit = True


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


@contextmanager
def _caught() -> Iterator[None]:
    """Uvicorn raises a signal again once it has served; here that second one does nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {name: signal.signal(name, lambda *_: None) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
