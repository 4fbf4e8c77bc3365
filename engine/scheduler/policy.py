"""Which expert to load next, and who makes room for it. Pure: it looks at the seats and decides.

The rule that makes a batch of N questions load each expert once per step: the next expert to load is one that calls
of the earliest step are waiting for, the one with the most of them; and while room must be made, nobody is unloaded
as long as a question of an earlier step could still send calls to the one that would go.

The rules that let none starve: these comparisons are made within the cohort of the call that has waited longest, that
is among runs that began before it or shortly after; runs that came later do not hold it up. And batch runs give way to
the others, but when no batch call could start for a minute, the next decision treats all alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.scheduler.call import Call, RunInFlight
from engine.scheduler.seat import Seat

STARVING_SECONDS = 60.0
"""Batch runs that wait while none of their calls has started for this long are starving."""

PATIENCE_SECONDS = 15.0
"""Runs that begin this long after a call was queued still share its cohort, and so its loads."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Load `load` after unloading `unload`; `hold` take no new calls until room is made; `refuse` can never fit."""

    load: Seat | None = None
    unload: tuple[Seat, ...] = ()
    hold: frozenset[Seat] = field(default_factory=frozenset)
    refuse: Seat | None = None


def persons_first(seats: Iterable[Seat], batch_started: float, now: float) -> bool:
    """Whether batch calls give way now: a person waits, and batch runs are not starving.

    `batch_started` is when a batch call last started. Times in seconds, by the same clock as the calls'.
    """
    waiting = [call for seat in seats for call in seat.waiting]
    batch = [max(call.queued, batch_started) for call in waiting if call.run.batch]
    starving = bool(batch) and now - min(batch) > STARVING_SECONDS
    return not starving and any(not call.run.batch for call in waiting)


def decide(
    seats: Sequence[Seat], runs: Iterable[RunInFlight], budget: int, batch_started: float, now: float
) -> Decision:
    """What to load next within `budget` bytes; times as in `persons_first`."""
    wanting = [seat for seat in seats if seat.state == "absent" and seat.waiting]
    changing = any(seat.state in ("loading", "leaving") for seat in seats)
    if not wanting or changing:  # engines start one at a time: they measure the memory that is free
        return Decision()

    batch_waits = persons_first(wanting, batch_started, now)
    horizon = PATIENCE_SECONDS + min(
        call.queued for seat in wanting for call in seat.waiting if not (batch_waits and call.run.batch)
    )

    def counts(run: RunInFlight) -> bool:
        return run.began <= horizon and not (batch_waits and run.batch)

    def in_cohort(call: Call) -> bool:
        return counts(call.run)

    def urgency(seat: Seat) -> tuple[int, int, str]:
        calls = [call for call in seat.waiting if in_cohort(call)]
        stage = min(call.stage for call in calls)
        return stage, -sum(call.stage == stage for call in calls), seat.expert.name

    seat = min((s for s in wanting if any(map(in_cohort, s.waiting))), key=urgency)
    if seat.memory > budget:
        return Decision(refuse=seat)
    missing = seat.memory - (budget - sum(other.memory for other in seats if other.occupies))
    if missing <= 0:
        return Decision(load=seat)

    stage = urgency(seat)[0]
    elders = [call for other in seats for call in other.outstanding if in_cohort(call)]
    thinking = any(run.outstanding == 0 and not run.resting and counts(run) for run in runs)
    if thinking or any(call.stage < stage for call in elders):
        return Decision()

    loaded = sorted((s for s in seats if s.state == "loaded"), key=lambda s: s.last_used)
    unneeded = [s for s in loaded if not any(map(in_cohort, s.outstanding))]
    unneeded.sort(key=lambda s: bool(s.outstanding))
    leaving: list[Seat] = []
    for other in unneeded:
        if missing <= 0:
            break
        leaving.append(other)
        missing -= other.memory
    if missing > 0:
        return Decision()
    if any(other.running for other in leaving):
        return Decision(hold=frozenset(leaving))
    return Decision(load=seat, unload=tuple(leaving))
