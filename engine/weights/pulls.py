"""Fetching pools' weights in the background, one pool at a time."""

import queue
import threading
from collections.abc import Callable

from engine.pool import Pool
from engine.weights.pull_process import PullProcess
from engine.weights.pull_state import PullState
from engine.weights.standing import WeightsStanding, standings


class Pulls:
    """The pulls for one runtime; `ready` is called after each that succeeded. May be used from any thread.

    Each runs in a process of its own, so that it ends at once when this is closed or the app ends, however it ends;
    what came by then is kept for the next pull.
    """

    def __init__(self, runtime: str, ready: Callable[[], None]) -> None:
        self._runtime = runtime
        self._ready = ready
        self._states: dict[str, PullState] = {}
        self._waiting: queue.SimpleQueue[Pool | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._process: PullProcess | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="pulls", daemon=True)
        self._thread.start()

    def standings(self, pool: Pool) -> dict[str, WeightsStanding]:
        """How the weights of each model of the pool stand, by name, the embedder's last. Quick."""
        return standings(pool, self._runtime)

    def start(self, pool: Pool) -> None:
        """Fetch what is missing of the pool when its turn comes; nothing where it waits or is under way already."""
        with self._lock:
            state = self._states.get(pool.name)
            if self._closed or (state and not state.over):
                return
            self._states[pool.name] = PullState(pool.name)
        self._waiting.put(pool)

    def state(self, pool: str) -> PullState | None:
        """How far the last pull of the pool of that name is; None where there was none."""
        with self._lock:
            return self._states.get(pool)

    def close(self) -> None:
        """End the pull under way and drop those that wait."""
        with self._lock:
            self._closed = True
            if self._process:
                self._process.end()
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while pool := self._waiting.get():
            with self._lock:
                if self._closed:
                    return
                self._process = PullProcess(pool, self._runtime)
            for state in self._process.states():
                self._show(state)
            with self._lock:
                self._process = None
                done = self._states[pool.name].phase == "done" and not self._closed
            if done:
                self._ready()

    def _show(self, state: PullState) -> None:
        with self._lock:
            self._states[state.pool] = state
