"""A pull process: reads one line of JSON that says what to fetch, and writes a line each time it gets on.

Started by `pull_process.PullProcess` as the leader of a process group of its own. When the app ends, however it ends,
stdin does too, and this process takes its whole group with it.
"""

import json
import os
import signal
import sys
import threading

from engine import own_process
from engine.errors import UserError
from engine.pool import Pool
from engine.weights.progress import Phase
from engine.weights.pull_state import PullPhase
from engine.weights.pulling import pull


class Telling:
    """Writes the states of a pull to the app."""

    def __init__(self, file_descriptor: int) -> None:
        self._lines = os.fdopen(file_descriptor, "w", encoding="utf-8")
        self._lock = threading.Lock()

    def progress(self, expert: str, phase: Phase, done: int, total: int) -> None:
        """An `engine.weights.Progress`."""
        self.tell(phase, expert=expert, done=done, total=total)

    def tell(self, phase: PullPhase, **fields: str | int) -> None:
        """Write that the pull has come to `phase`."""
        with self._lock:
            self._lines.write(json.dumps({"phase": phase, **fields}) + "\n")
            self._lines.flush()


def main() -> None:
    """Run a pull."""
    telling = Telling(own_process.claim_stdout())
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_app, name="stdin", daemon=True).start()
    try:
        pull(Pool.model_validate(request["pool"]), request["runtime"], telling.progress)
    except UserError as error:
        telling.tell("failed", problem=str(error))
    else:
        telling.tell("done")


def _end_with_the_app() -> None:
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
