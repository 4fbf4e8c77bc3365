"""The engine: takes questions, runs their protocols, and emits what happens as events.

It lives on an asyncio loop in a thread of its own, so that runs go on whether or not a page is looking.
"""

import asyncio
import secrets
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal

import structlog

from engine.answers import Judge
from engine.errors import UserError
from engine.matching import SkillMatcher
from engine.panel import Panel, Sink
from engine.pool import Pool
from engine.profile import Profile
from engine.prompts import keywords
from engine.protocols import Protocol
from engine.question import Question
from engine.run import Run, new_run_id
from engine.runtimes.base import Runtime, Sampling
from engine.scheduler import Call, Scheduler, Unheard

log = structlog.get_logger()

ExpertCondition = Literal["waiting", "loading", "loaded", "failed"]
STARTING_SECONDS = 10.0
CLOSING_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class ExpertState:
    """How an expert of the pool is: `share` of loading done, `message` in words, `loads` so far."""

    name: str
    state: ExpertCondition
    share: float | None
    message: str
    loads: int


class Engine:
    """Runs questions through protocols on one pool and one runtime.

    `sink` gets every event, on the engine's thread, and must not block. `memory` is the budget in bytes for loaded
    experts. `ask`, `stop` and `experts` may be called from any thread.
    """

    def __init__(
        self,
        pool: Pool,
        runtime: Runtime,
        embedding_runtime: Runtime,
        sink: Sink,
        memory: int,
        profile: Profile | None = None,
    ) -> None:
        self.pool = pool
        self.runtime_name = runtime.name
        self.profile = profile
        self._sink = sink
        self._scheduler = Scheduler(runtime, memory)
        self._matcher = SkillMatcher(embedding_runtime, pool.embedder, profile)
        self._judge = Judge()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="engine", daemon=True)

    def start(self) -> None:
        """Start the engine's thread."""
        self._thread.start()

    def warm_up(self) -> None:
        """Load the embedder and the experts that fit in memory, in the background."""
        self._submit(self._warm_up())

    def ask(
        self,
        question: Question,
        protocol: Protocol,
        settings: dict[str, Any] | None = None,
        seed: int | None = None,
        batch: bool = False,
    ) -> str:
        """Start a run and give its id at once; a `batch` run gives way to the others.

        Raises UserError when a setting is not right.
        """
        checked = protocol.read_settings(settings or {})
        chosen = secrets.randbelow(1 << 31) if seed is None else seed
        run = Run(new_run_id(), question, protocol, checked, chosen, batch)
        self._submit(self._begin(run)).result(STARTING_SECONDS)
        return run.id

    def stop(self, run: str) -> None:
        """Stop a run: its calls end and free their slots. A run that is not running stays as it is."""
        self._loop.call_soon_threadsafe(self._cancel, run)

    def wait(self, run: str) -> None:
        """Block until a run has ended."""
        self._submit(self._ended(run)).result()

    def experts(self) -> list[ExpertState]:
        """How each expert of the pool is now, in the pool's order."""
        seats = {seat.expert.name: seat for seat in self._scheduler.seats}
        states: list[ExpertState] = []
        for expert in self.pool.experts:
            seat = seats.get(expert.name)
            if seat is None:
                states.append(ExpertState(expert.name, "waiting", None, "", 0))
                continue
            state: ExpertCondition = "failed" if seat.problem else "waiting"
            if seat.state in ("loading", "loaded"):
                state = "loading" if seat.state == "loading" else "loaded"
            states.append(
                ExpertState(expert.name, state, seat.share, seat.problem or seat.message, seat.loads)
            )
        return states

    def close(self) -> None:
        """Stop all runs, unload all models and end the thread."""
        if self._thread.is_alive():
            self._submit(self._close()).result(CLOSING_SECONDS)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(CLOSING_SECONDS)

    def _submit(self, coroutine: Any) -> Future[None]:
        submitted: Future[None] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        submitted.add_done_callback(_log_failure)
        return submitted

    async def _warm_up(self) -> None:
        keyword_first = sorted(self.pool.experts, key=lambda expert: expert.name != self.pool.keyword_expert)
        try:
            await self._matcher.load()
        except UserError as error:
            log.warning("embedder_not_loaded", reason=str(error))
        await self._scheduler.preload(tuple(keyword_first))
        await self._read_keyword_examples()

    async def _read_keyword_examples(self) -> None:
        # The prompt for keywords begins with the same examples for every question: read once, a runtime with a
        # prefix cache finds them there when the first question comes.
        expert = self.pool.expert(self.pool.keyword_expert)
        with self._scheduler.run("warm-up", batch=True) as run:
            prompt = keywords(Question("What is this about?"))
            call = Call(run, "warm-up", expert, prompt, Sampling(max_tokens=1), stage=0, listener=Unheard())
            try:
                await self._scheduler.answer(call)
            except UserError as error:
                log.warning("keyword_expert_not_warm", reason=str(error))

    async def _begin(self, run: Run) -> None:
        run.announce(self._sink, self.pool, self.runtime_name)
        task = asyncio.create_task(self._follow(run), name=run.id)
        self._running[run.id] = task
        task.add_done_callback(lambda _: self._running.pop(run.id))

    async def _follow(self, run: Run) -> None:
        with self._scheduler.run(run.id, run.batch) as in_flight:
            panel = Panel(
                run=in_flight,
                question=run.question,
                pool=self.pool,
                profile=self.profile,
                matcher=self._matcher,
                judge=self._judge,
                seed=run.seed,
                scheduler=self._scheduler,
                sink=self._sink,
            )
            await run.follow(panel, self._sink)

    def _cancel(self, run: str) -> None:
        if task := self._running.get(run):
            task.cancel()

    async def _ended(self, run: str) -> None:
        if task := self._running.get(run):
            await asyncio.wait([task])

    async def _close(self) -> None:
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        await asyncio.gather(self._scheduler.close(), self._matcher.close())
        self._judge.close()


def _log_failure(submitted: "Future[None]") -> None:
    if not submitted.cancelled() and (error := submitted.exception()):
        log.error("engine_task_failed", exc_info=error)
