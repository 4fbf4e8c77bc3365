"""The engine: takes questions, runs their protocols, and emits what happens as events.

It lives on an asyncio loop in a thread of its own, so that runs go on whether or not a page is looking.
"""

import asyncio
import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import structlog

from engine.answers import Judge
from engine.calling import Caller
from engine.errors import UserError, WeightsMissing
from engine.expert_state import ExpertState, expert_states
from engine.matching import SkillMatcher
from engine.panel import Panel
from engine.pool import Pool
from engine.protocols import Protocol
from engine.question import Question
from engine.roster import Roster
from engine.run import Batched, Run, Sink, new_run_id
from engine.runtimes.base import Runtime
from engine.scheduler import Scheduler, Usage
from engine.warming import warm_up

log = structlog.get_logger()

STARTING_SECONDS = 10.0
CLOSING_SECONDS = 30.0


class Engine:
    """Runs questions through protocols on one runtime, with the experts of the roster in use unless told otherwise.

    `sink` gets every event, on the engine's thread, and must not block. `memory` is the budget in bytes for loaded
    experts, whatever pools they are of. `critic_quality` gives the roster's anew for every run that is not of a batch,
    on the thread that asks. `use`, `ask`, `stop` and `experts` may be called from any thread.
    """

    def __init__(
        self,
        roster: Roster,
        runtime: Runtime,
        embedding_runtime: Runtime,
        sink: Sink,
        memory: int,
        critic_quality: Callable[[], Mapping[str, float]] | None = None,
    ) -> None:
        self._critic_quality = critic_quality
        self._roster = roster
        self._runtime = runtime
        self._sink = sink
        self._scheduler = Scheduler(runtime, memory)
        self._matcher = SkillMatcher(embedding_runtime)
        self._judge = Judge()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._warming: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="engine", daemon=True)

    @property
    def roster(self) -> Roster:
        """The roster in use."""
        return self._roster

    @property
    def runtime_name(self) -> str:
        """The name of the runtime that the experts run on."""
        return self._runtime.name

    def start(self) -> None:
        """Start the engine's thread."""
        self._thread.start()

    def use(self, roster: Roster) -> None:
        """Make this the roster in use, and warm it up. Runs that go on keep theirs.

        Experts of the roster left behind stay loaded until their memory is needed.
        """
        self._roster = roster
        self.warm_up()

    def warm_up(self) -> None:
        """Load the embedder of the roster in use and its experts that fit in memory, in the background."""
        self._submit(self._warm_up(self._roster))

    def ask(
        self,
        question: Question,
        protocol: Protocol,
        settings: dict[str, Any] | None = None,
        seed: int | None = None,
        roster: Roster | None = None,
        batched: Batched | None = None,
    ) -> str:
        """Start a run and give its id at once; a `batched` run gives way to the others.

        Raises UserError when a setting is not right, the protocol needs a document, or the runtime suits no expert of
        the roster (the one in use where none is given), and WeightsMissing when the weights of none are here.
        """
        checked = protocol.read_settings(settings or {})
        chosen = secrets.randbelow(1 << 31) if seed is None else seed
        roster = roster or self._roster
        if self._critic_quality and batched is None:
            roster = replace(roster, critic_quality=self._critic_quality())
        protocol.require_experts(checked, roster.pool)
        protocol.require_document(question)
        self._require_an_expert(roster.pool)
        id = batched.run if batched else new_run_id()
        run = Run(id, question, roster, protocol, checked, chosen, batched)
        self._submit(self._begin(run)).result(STARTING_SECONDS)
        return run.id

    def stop(self, run: str) -> bool:
        """Stop a run: its calls end and free their slots. False where this engine does not run it."""
        running = run in self._running
        self._loop.call_soon_threadsafe(self._cancel, run)
        return running

    def wait(self, run: str) -> None:
        """Block until a run has ended."""
        self._submit(self._ended(run)).result()

    def experts(self, pool: Pool | None = None) -> list[ExpertState]:
        """How each expert of the pool (that of the roster in use where none is given) is now, in its order."""
        return expert_states(pool or self._roster.pool, self._scheduler.seats)

    def usage(self) -> Usage:
        """Where the engine's time went since it was made."""
        return asyncio.run_coroutine_threadsafe(self._usage(), self._loop).result()

    def close(self) -> None:
        """Stop all runs, unload all models and end the thread."""
        if self._thread.is_alive():
            self._submit(self._close()).result(CLOSING_SECONDS)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(CLOSING_SECONDS)

    def _require_an_expert(self, pool: Pool) -> None:
        reasons: list[UserError] = []
        for expert in pool.experts:
            try:
                self._runtime.memory(expert)
            except UserError as error:
                reasons.append(error)
            else:
                return
        for reason in reasons:
            if not isinstance(reason, WeightsMissing):
                raise reason
        raise WeightsMissing(
            f"The weights of pool {pool.name} are not on this machine yet: fetch them on the page Experts."
        )

    def _submit(self, coroutine: Any) -> Future[None]:
        submitted: Future[None] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        submitted.add_done_callback(_log_failure)
        return submitted

    async def _warm_up(self, roster: Roster) -> None:
        warming = asyncio.create_task(
            warm_up(roster, self._matcher, self._scheduler, lambda: self._roster is roster)
        )
        self._warming.add(warming)
        warming.add_done_callback(self._warming.discard)
        await warming

    async def _begin(self, run: Run) -> None:
        run.announce(self._sink, self.runtime_name)
        task = asyncio.create_task(self._follow(run), name=run.id)
        self._running[run.id] = task
        task.add_done_callback(lambda _: self._running.pop(run.id))

    async def _follow(self, run: Run) -> None:
        with self._scheduler.run(run.id, run.batched is not None) as in_flight:
            teller = run.teller(self._sink)
            recorded = run.batched.recorded if run.batched else {}
            panel = Panel(
                question=run.question,
                roster=run.roster,
                matcher=self._matcher,
                judge=self._judge,
                seed=run.seed,
                caller=Caller(in_flight, self._scheduler, teller, recorded),
                company=run.batched.company if run.batched else None,
            )
            await run.follow(panel)

    def _cancel(self, run: str) -> None:
        if task := self._running.get(run):
            # Once it has begun: a task cancelled before that never runs, and nobody would be told that the run ended.
            self._loop.call_soon(task.cancel)

    async def _ended(self, run: str) -> None:
        if task := self._running.get(run):
            await asyncio.wait([task])

    async def _usage(self) -> Usage:
        return self._scheduler.usage

    async def _close(self) -> None:
        tasks = [*self._running.values(), *self._warming]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(self._scheduler.close(), self._matcher.close())
        self._judge.close()


def _log_failure(submitted: "Future[None]") -> None:
    if not submitted.cancelled() and (error := submitted.exception()):
        log.error("engine_task_failed", exc_info=error)
