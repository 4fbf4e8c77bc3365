"""Keeps what a batch uses in its record, as it goes."""

from collections.abc import Callable
from threading import Event, Thread

from engine.scheduler import Usage
from storage import batch_records
from storage.batches import Batches
from storage.errors import NotWritten

USAGE_SECONDS = 5.0
"""How often what was used is added to the batch: a killed one loses no more than that."""


class UsageAdding:
    """Adds what is used to a batch every few seconds and at the end; a context manager.

    It has a thread of its own, so that nothing is lost by a kill during a long load, when nothing else happens. What
    cannot be written is said once (`say`) and added the next time. `used` gives all that was used until now.
    """

    def __init__(
        self, batches: Batches, batch: str, used: Callable[[], Usage], say: Callable[[str], None]
    ) -> None:
        self._batches = batches
        self._batch = batch
        self._used = used
        self._say = say
        self._added = used()
        self._said = False
        self._ended = Event()
        self._thread = Thread(target=self._work, name="usage", daemon=True)

    def __enter__(self) -> "UsageAdding":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self.add()

    def add(self) -> None:
        """Add what was used since the last time that it could be added."""
        now = self._used()
        try:
            self._batches.add_usage(self._batch, _recorded(now.since(self._added)))
        except NotWritten as error:
            if not self._said:
                self._say(f"The batch goes on, but time and loads are not added to it yet. {error}")
            self._said = True
        else:
            self._added = now

    def _work(self) -> None:
        while not self._ended.wait(USAGE_SECONDS):
            self.add()


def _recorded(usage: Usage) -> batch_records.Usage:
    return batch_records.Usage(
        seconds=usage.seconds,
        loading=usage.loading,
        generating=usage.generating,
        idle=usage.idle,
        loads=usage.loads,
    )
