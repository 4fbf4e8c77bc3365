"""Wrong passwords: how many in a row, and how long to wait after too many."""

import math
import time
from collections.abc import Callable

ALLOWED = 5
WAIT_SECONDS = 30.0
FORGOTTEN_SECONDS = 900.0


class Attempts:
    """Counts, in memory, how often each name was tried without success. `now` gives seconds that only ever grow."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._tries: dict[str, tuple[int, float]] = {}

    def begin(self, key: str) -> int:
        """Count a try, before it is known how it ends; or the whole seconds that have to pass before the next.

        After five tries each further one has to wait for 30 s after the last. A quarter of an hour without any
        forgets them.
        """
        now = self._now()
        self._tries = {
            name: (count, last)
            for name, (count, last) in self._tries.items()
            if now - last < FORGOTTEN_SECONDS
        }
        count, last = self._tries.get(key, (0, now))
        left = last + WAIT_SECONDS - now
        if count >= ALLOWED and left > 0:
            return math.ceil(left)
        self._tries[key] = (count + 1, now)
        return 0

    def succeeded(self, key: str) -> None:
        """Forget what was counted for this name."""
        self._tries.pop(key, None)
