"""A pull in a process of its own, seen from the app."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, cast

from engine import own_process
from engine.pool import Pool
from engine.weights.pull_state import PullState


class PullProcess:
    """Fetches a pool's weights for a runtime. The process and all it starts form one group, and end together."""

    def __init__(self, pool: Pool, runtime: str) -> None:
        self._pool = pool
        self._process = subprocess.Popen(
            own_process.command("engine.weights.pull_main"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env=own_process.environment(),
        )
        request = {"pool": pool.model_dump(mode="json"), "runtime": runtime}
        with suppress(BrokenPipeError):  # it ended already: its end is told by `states`
            stdin = cast(IO[bytes], self._process.stdin)
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()

    def states(self) -> Iterator[PullState]:
        """How far it is, each time that changes, until it has ended: the last state is done or failed."""
        last = PullState(self._pool.name)
        for line in cast(IO[bytes], self._process.stdout):
            last = PullState(self._pool.name, **json.loads(line))
            yield last
        self.end()
        self._process.wait()
        if not last.over:
            message = "The process that fetched the weights was ended, so not all of them are here: fetch them again."
            yield PullState(self._pool.name, "failed", problem=message)

    def end(self) -> None:
        """End the process and all it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
