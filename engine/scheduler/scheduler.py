"""Takes every call of every run and gives it to its expert's runtime, loading each expert as rarely as it can."""

import asyncio
import time
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import structlog

from engine.errors import CallFailed, LoadFailed, ModelLost, UserError
from engine.pool import Expert
from engine.runtimes.base import Runtime
from engine.scheduler.call import Call, Reply, RunInFlight
from engine.scheduler.generation import perform
from engine.scheduler.loading import load, unload
from engine.scheduler.policy import decide, persons_first
from engine.scheduler.seat import Seat
from engine.scheduler.task import Generate
from engine.scheduler.usage import Stopwatch, Usage

log = structlog.get_logger()

GIB = 1 << 30
STARVATION_CHECK_SECONDS = 1.0


class Scheduler:
    """Serves calls on one asyncio loop. `budget` is the memory in bytes that loaded experts may take together.

    Experts of several pools can be seated at once: those that pools describe alike share a seat, and two that only
    have the same name do not.
    """

    def __init__(self, runtime: Runtime, budget: int) -> None:
        self.runtime = runtime
        self.budget = budget
        self._seats: dict[Expert, Seat] = {}
        self._runs: list[RunInFlight] = []
        self._batch_started = 0.0
        self._stopwatch = Stopwatch()
        self._advancing = False
        self._one_change = asyncio.Lock()
        self._ticking: asyncio.Task[None] | None = None
        self._changes: set[asyncio.Task[None]] = set()

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats of all experts that were ever called or loaded."""
        return tuple(self._seats.values())

    @property
    def usage(self) -> Usage:
        """Where the time went since the scheduler was made."""
        return self._stopwatch.usage(self.seats)

    @contextmanager
    def run(self, name: str, batch: bool = False) -> Iterator[RunInFlight]:
        """Register a run for as long as it sends calls; a `batch` run gives way to the others."""
        run = RunInFlight(name, time.monotonic(), batch)
        self._runs.append(run)
        try:
            yield run
        finally:
            self._runs.remove(run)
            self._advance_soon()

    async def answer(self, call: Call) -> Reply:
        """Have the call answered. Cancelling this withdraws the call and frees its slot.

        Raises CallFailed or a kind of it, LoadFailed, or WeightsMissing.
        """
        seat = self._seat(call.expert)
        call.queued = time.monotonic()
        call.reply = asyncio.get_running_loop().create_future()
        seat.waiting.append(call)
        call.run.outstanding += 1
        if seat.state == "loading":
            call.listener.loading(seat.share, seat.message)
        self._advance_soon()
        if self._ticking is None or self._ticking.done():
            self._ticking = self._spawn(self._tick())
        try:
            return await call.reply
        finally:
            call.run.outstanding -= 1
            if call in seat.waiting:
                seat.waiting.remove(call)
            if call.work and call.reply.cancelled():
                self._withdraw(call, seat)
            self._advance_soon()

    async def preload(self, experts: Iterable[Expert]) -> None:
        """Load experts that fit in the free memory, in order and one at a time, before anyone asks for them.

        An expert that cannot be loaded is left for its first call to report.
        """
        for expert in experts:
            try:
                seat = self._seat(expert)
            except UserError as error:
                log.warning("expert_not_preloaded", expert=expert.name, reason=str(error))
                continue
            async with self._one_change:
                taken = sum(other.memory for other in self._seats.values() if other.occupies)
                if seat.state == "absent" and taken + seat.memory <= self.budget:
                    await load(seat, self.runtime)
                    self._advance()

    async def close(self) -> None:
        """Unload everything; calls still waiting fail."""
        for change in self._changes:
            change.cancel()
        await asyncio.gather(*self._changes, return_exceptions=True)
        for seat in self._seats.values():
            seat.fail_all(CallFailed("Disputatio is shutting down."))
        await asyncio.gather(*(seat.model.close() for seat in self._seats.values() if seat.model))

    def _seat(self, expert: Expert) -> Seat:
        if expert not in self._seats:
            self._seats[expert] = Seat(expert, self.runtime.memory(expert))
        return self._seats[expert]

    async def _tick(self) -> None:
        # Between a call being queued and its starving only time passes: nothing else would wake the policy.
        while any(seat.waiting for seat in self._seats.values()):
            await asyncio.sleep(STARVATION_CHECK_SECONDS)
            self._advance()

    def _advance_soon(self) -> None:
        """Advance once when all that is happening now has happened: calls sent together are then seen together."""
        if not self._advancing:
            self._advancing = True
            asyncio.get_running_loop().call_soon(self._advance)

    def _advance(self) -> None:
        """Start what can start and change what must change; called whenever anything has changed."""
        self._advancing = False
        now = time.monotonic()
        decision = decide(self.seats, self._runs, self.budget, self._batch_started, now)
        for seat in self._seats.values():
            if seat.state == "loaded" and seat not in decision.hold and seat not in decision.unload:
                self._start_waiting(seat, now)
        if decision.refuse:
            self._refuse(decision.refuse)
        elif decision.load:
            for seat in (*decision.unload, decision.load):
                seat.state = "leaving" if seat is not decision.load else "loading"
            self._spawn(self._replace(decision.unload, decision.load))
        self._stopwatch.look(self.seats)

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._changes.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._changes.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("scheduler_task_failed", exc_info=error)

    def _refuse(self, seat: Seat) -> None:
        need, have = seat.memory / GIB, self.budget / GIB
        message = (
            f"{seat.expert.title} needs {need:.1f} GiB and the budget is {have:.1f} GiB: raise --memory."
        )
        seat.fail_waiting(LoadFailed(message))

    async def _replace(self, leaving: tuple[Seat, ...], coming: Seat) -> None:
        async with self._one_change:
            try:
                for seat in leaving:
                    await self._unload(seat)
            except BaseException:
                # A seat that went on changing would hold up all others for good.
                for seat in (*leaving, coming):
                    seat.state = "loaded" if seat.model else "absent"
                raise
            await load(coming, self.runtime)
        self._advance()

    async def _unload(self, seat: Seat) -> None:
        await unload(seat)
        self._advance()

    def _start_waiting(self, seat: Seat, now: float) -> None:
        # One that is being withdrawn takes no slot: its withdrawal may have seen no work to end.
        seat.waiting = [call for call in seat.waiting if not call.reply.done()]
        batch_waits = persons_first([seat], self._batch_started, now)
        seat.waiting.sort(key=lambda call: (batch_waits and call.run.batch, _turn(call), call.queued))
        while seat.waiting and len(seat.running) < seat.expert.slots:
            calls = _samples(seat.waiting, seat.expert.slots - len(seat.running))
            for call in calls:
                seat.waiting.remove(call)
                seat.running.add(call)
                if call.run.batch:
                    self._batch_started = now
            work = asyncio.get_running_loop().create_task(self._perform(seat, calls))
            # Not by the work itself: what is cancelled before its first step does nothing at its end either.
            work.add_done_callback(partial(self._free, seat, calls))
            for call in calls:
                call.work = work

    def _withdraw(self, call: Call, seat: Seat) -> None:
        """Nobody waits for the call any more: its work ends with the last of the calls that share it."""
        together = [other for other in seat.running if other.work is call.work]
        if call.work and all(other.reply.done() for other in together):
            call.work.cancel()

    async def _perform(self, seat: Seat, calls: list[Call]) -> None:
        model = seat.model
        try:
            if model is None:
                raise CallFailed(f"{seat.expert.title} was unloaded.")
            await perform(model, calls)
        except Exception as error:
            unanswered = [call for call in calls if not call.reply.done()]
            if not unanswered and not isinstance(error, ModelLost):
                raise
            for call in unanswered:
                call.reply.set_exception(error)
            if isinstance(error, ModelLost) and seat.state == "loaded" and seat.model is model:
                seat.state = "leaving"  # its process has ended: the next call loads the expert again
                self._spawn(self._unload(seat))

    def _free(self, seat: Seat, calls: list[Call], _work: asyncio.Task[None]) -> None:
        seat.running.difference_update(calls)
        seat.last_used = time.monotonic()
        self._advance_soon()


def _turn(call: Call) -> float:
    """Since when a call has waited; one of a batch since its question began, as the older question's prompts are
    continued while the runtime's prefix cache still has what they begin with."""
    return call.run.began if call.run.batch else call.queued


def _samples(waiting: list[Call], free: int) -> list[Call]:
    """The first call, with those that are samples of its prompt, at most `free` together."""
    first = waiting[0]
    task = first.task
    if first.group is None or not isinstance(task, Generate):
        return [first]
    # A runtime gives sample i the first one's seed + i: those whose seeds do not go on so are another request.
    seeds = range(task.sampling.seed, task.sampling.seed + free)
    calls: list[Call] = []
    for call in waiting:
        if (
            call.group is first.group
            and isinstance(call.task, Generate)
            and len(calls) < free
            and call.task.sampling.seed == seeds[len(calls)]
        ):
            calls.append(call)
    return calls
