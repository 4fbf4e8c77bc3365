"""A process of its own for one model, seen from the app.

Ending that process frees all of the model's memory, a crash hurts one expert only, and the app's event loop
never waits for a model. The process and whatever it starts form one process group, so they end together: the app
kills the group when the model is closed or its process ends, and the process kills it when the app is gone.
"""

import asyncio
import json
import logging
import os
import re
import signal
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, cast

from engine import own_process
from engine.errors import LoadFailed, ModelLost
from engine.pool import Expert
from engine.runtimes import wire
from engine.runtimes.base import Progress

_KEPT_STDERR = 100_000
_LAST_LINES = 3
_CLOSING_SECONDS = 10.0
_EXCEPTION = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception): .*\S", re.MULTILINE)
"""The line that ends a traceback; the first one tells the cause of those after it."""

log = logging.getLogger(__name__)


class Child:
    """A process that serves one model and answers requests (see `wire`). Start one with `Child.start`."""

    def __init__(self, process: asyncio.subprocess.Process, expert: Expert) -> None:
        self._process = process
        self._expert = expert
        self._ids = count()
        self._replies: dict[int, asyncio.Queue[dict[str, Any] | None]] = {}
        self._stderr = ""
        self._closed = False
        self._must_close = False
        self._watcher = asyncio.create_task(self._watch())

    @classmethod
    async def start(cls, kind: str, path: Path, expert: Expert, progress: Progress) -> "Child":
        """Start a process that serves the model at `path` with the runtime `kind`, and wait until it is loaded.

        Raises LoadFailed; no process is left then, nor when the wait is cancelled.
        """
        progress(0.0, "starting")
        process = await asyncio.create_subprocess_exec(
            *own_process.command("engine.runtimes.child_main"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=wire.LINE_LIMIT,
            env=own_process.environment(),
        )
        child = cls(process, expert)
        request = {"ask": "load", "kind": kind, "path": str(path), "expert": expert.model_dump(mode="json")}
        try:
            async with aclosing(child.ask(request)) as replies:
                async for reply in replies:
                    if "progress" in reply:
                        progress(*reply["progress"])
                    else:
                        child._must_close = reply["value"]["closes"]
        except (LoadFailed, ModelLost) as error:
            await child.close()
            cause = _EXCEPTION.search(child._stderr)
            raise LoadFailed(f"{expert.title} could not be loaded. {cause[0] if cause else error}") from error
        except BaseException:
            await child.close()
            raise
        return child

    @property
    def pid(self) -> int:
        """The id of the process and of its process group."""
        return self._process.pid

    async def value(self, request: dict[str, Any]) -> Any:
        """What a request comes to. Raises what went wrong there, and ModelLost when the process ends meanwhile."""
        async with aclosing(self.ask(request)) as replies:
            return (await anext(replies))["value"]

    async def ask(self, request: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        """Send a request and give its replies to the last; closed before that, the request is cancelled.

        Raises as `value` does.
        """
        if self._closed or self._watcher.done():
            raise self._end()
        id = next(self._ids)
        replies = self._replies[id] = asyncio.Queue()
        self._send({"id": id, **request})
        finished = False
        try:
            while not finished:
                reply = await replies.get()
                finished = reply is None or "value" in reply or "error" in reply
                if reply is None:
                    raise self._end()
                if "error" in reply:
                    raise wire.error_from_json(reply["error"])
                yield reply
        finally:
            del self._replies[id]
            if not finished:
                self._send({"id": id, "ask": "cancel"})

    async def close(self) -> None:
        """End the process and all it started; calls in flight raise ModelLost. Returns when they are gone."""
        leaves_by_itself = self._must_close and not self._closed
        self._closed = True
        if leaves_by_itself:
            self._send({"id": next(self._ids), "ask": "close"})
            await asyncio.wait([self._watcher], timeout=_CLOSING_SECONDS)
        self._kill()
        # What went wrong in watching is told where it ends: here the process only has to be gone.
        await asyncio.wait([self._watcher])
        await self._process.wait()

    def _send(self, request: dict[str, Any]) -> None:
        stdin = cast(asyncio.StreamWriter, self._process.stdin)
        if not stdin.is_closing():
            stdin.write(wire.line(request))

    def _end(self) -> ModelLost:
        if self._closed:
            return ModelLost(f"{self._expert.title} was unloaded.")
        lines = [line.strip() for line in self._stderr.splitlines() if line.strip()]
        said = " / ".join(lines[-_LAST_LINES:]) or "nothing"
        status = self._process.returncode or 0
        how = f"was killed ({signal.Signals(-status).name})" if status < 0 else f"ended with status {status}"
        return ModelLost(f"The process that runs {self._expert.title} {how}. Its last words: {said}")

    async def _watch(self) -> None:
        """Hand out replies until the process ends; then end its group and every call in flight."""
        try:
            with self._group_ends_with_it():
                await asyncio.gather(self._read_replies(), self._read_stderr(), self._process.wait())
        except Exception:
            log.exception("%s: its process is no longer understood, and is ended", self._expert.name)
            self._kill()
            await self._process.wait()
        finally:
            for replies in self._replies.values():
                replies.put_nowait(None)

    @contextmanager
    def _group_ends_with_it(self) -> Iterator[None]:
        """End what the process started when it ends: that may hold its pipes open, whose end would tell too late."""
        loop = asyncio.get_running_loop()
        pidfd: int | None = None

        def kill_group() -> None:
            if pidfd is not None:
                loop.remove_reader(pidfd)
            if not (self._closed and self._must_close):
                self._kill()

        try:
            with suppress(ProcessLookupError):  # it may have ended already
                pidfd = os.pidfd_open(self.pid)
                loop.add_reader(pidfd, kill_group)
            yield
        finally:
            kill_group()
            if pidfd is not None:
                os.close(pidfd)

    async def _read_replies(self) -> None:
        async for line in cast(asyncio.StreamReader, self._process.stdout):
            if not line.endswith(b"\n"):
                break  # it died in the middle of a reply
            reply = json.loads(line)
            if replies := self._replies.get(reply["id"]):
                replies.put_nowait(reply)

    async def _read_stderr(self) -> None:
        stderr = cast(asyncio.StreamReader, self._process.stderr)
        while chunk := await stderr.read(2**16):
            text = chunk.decode("utf-8", "replace")
            self._stderr = (self._stderr + text)[-_KEPT_STDERR:]
            log.debug("%s: %s", self._expert.name, text.rstrip())

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
