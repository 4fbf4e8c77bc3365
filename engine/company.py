"""The runs of a batch that recruit together: Symbolic-MoE's 5% rule needs the draws of all of them (section 3.2)."""

import asyncio
from collections.abc import Collection, Sequence

from engine.recruiting import often_drawn
from engine.scheduler.call import RunInFlight


class Company:
    """Runs that wait for one another's draws. `runs` are those still to draw; `drawn` has draws made before.

    Every run either draws or leaves; when the last one has, all learn which experts are kept.
    """

    def __init__(self, runs: Collection[str], drawn: Sequence[Sequence[str]] = ()) -> None:
        self._expected = set(runs)
        self._drawn = [list(one) for one in drawn]
        self._settled = asyncio.Event()

    async def kept(self, run: RunInFlight, drawn: Sequence[str]) -> frozenset[str]:
        """Tell what a run drew; the experts that the runs of the company may use, when all have drawn."""
        if run.name in self._expected:
            self._drawn.append(list(drawn))
        self.leave(run.name)
        run.resting = True
        try:
            await self._settled.wait()
        finally:
            run.resting = False
        return often_drawn(self._drawn)

    def leave(self, run: str) -> None:
        """The run is not waited for any more: it has drawn, or ended without."""
        self._expected.discard(run)
        if not self._expected:
            self._settled.set()
