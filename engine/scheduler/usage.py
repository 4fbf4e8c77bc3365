"""Where the scheduler's time goes."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.scheduler.seat import Seat


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of the wall clock: `generating` while any call ran, `loading` while models were loaded and none ran.

    `loads` counts how often each expert was loaded, by name.
    """

    seconds: float
    generating: float
    loading: float
    loads: dict[str, int]

    @property
    def idle(self) -> float:
        """Seconds in which nothing ran and nothing was loaded."""
        return self.seconds - self.generating - self.loading

    def since(self, earlier: "Usage") -> "Usage":
        """What was used after `earlier`."""
        loads = {name: count - earlier.loads.get(name, 0) for name, count in self.loads.items()}
        return replace(
            self,
            seconds=self.seconds - earlier.seconds,
            generating=self.generating - earlier.generating,
            loading=self.loading - earlier.loading,
            loads={name: count for name, count in loads.items() if count},
        )


class Stopwatch:
    """Adds up the time that seats spend; `look` at them whenever any of them has changed."""

    def __init__(self) -> None:
        self._began = self._looked = time.monotonic()
        self._generating = self._loading = 0.0
        self._doing = ""

    def look(self, seats: Iterable[Seat]) -> None:
        """The time since the last look went into what the seats did then; now they do what they do."""
        now = time.monotonic()
        if self._doing == "generating":
            self._generating += now - self._looked
        elif self._doing == "loading":
            self._loading += now - self._looked
        self._looked = now
        seats = tuple(seats)
        if any(seat.running for seat in seats):
            self._doing = "generating"
        else:
            self._doing = "loading" if any(seat.state == "loading" for seat in seats) else ""

    def usage(self, seats: Iterable[Seat]) -> Usage:
        """All that was used until now."""
        seats = tuple(seats)
        self.look(seats)
        loads: dict[str, int] = {}
        for seat in seats:
            loads[seat.expert.name] = loads.get(seat.expert.name, 0) + seat.loads
        return Usage(self._looked - self._began, self._generating, self._loading, loads)
