"""The model calls of one run: made by name, told as events, and never made twice."""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engine import events
from engine.errors import PromptTooLong, UserError
from engine.pool import Expert
from engine.runtimes.base import Delta
from engine.scheduler import Call, Generate, OutcomeReward, Reply, Scheduler, Score, StepRewards, Task
from engine.scheduler.call import RunInFlight

Tell = Callable[..., None]
"""Emits an event of the run, given its class and fields."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A call that was answered in an earlier sitting of its run: how it was asked, and how it finished."""

    queued: events.CallQueued
    finished: events.CallFinished

    def asks(self, **asked: Any) -> bool:
        """Whether it was asked just so; compared as the record keeps it, where tuples are lists."""
        was = {name: getattr(self.queued, name) for name in asked}
        return bool(json.loads(json.dumps(was)) == json.loads(json.dumps(asked)))


@dataclass(slots=True)
class Caller:
    """Makes the calls of a run. `recorded` are those that were answered before the run was interrupted, by name.

    A recorded answer stands for a call that asks the same expert the very same.
    """

    run: RunInFlight
    scheduler: Scheduler
    tell: Tell
    recorded: Mapping[str, Answered] = field(default_factory=dict)
    _loading: dict[str, tuple[float | None, str]] = field(default_factory=dict)

    async def make(
        self,
        name: str,
        expert: Expert,
        task: Task,
        *,
        stage: int,
        step: str,
        target: str | None = None,
        group: object = None,
    ) -> Reply:
        """Make one call, or give its recorded answer.

        Raises a UserError that says why there is no answer; that is on the record too.
        """
        asked: dict[str, Any] = {
            "expert": expert.name,
            "messages": [asdict(message) for message in task.messages],
            "sampling": _parameters(task),
            "task": _NAMES[type(task)],
        }
        answered = self.recorded.get(name)
        if answered and answered.asks(**asked):
            return _recorded_reply(answered.finished, expert)
        call = Call(self.run, name, expert, task, stage, _Telling(self, name, expert.name), group=group)
        self.tell(events.CallQueued, call=name, step=step, target=target, **asked)
        began = time.monotonic()
        try:
            reply = await self.scheduler.answer(call)
        except (UserError, asyncio.CancelledError) as error:
            cancelled = isinstance(error, asyncio.CancelledError)
            self.tell(
                events.CallFailed,
                call=name,
                message="Stopped." if cancelled else str(error),
                seconds=time.monotonic() - began,
                cancelled=cancelled,
                lasting=isinstance(error, PromptTooLong),
            )
            raise
        fields = asdict(reply)
        del fields["expert"]
        self.tell(events.CallFinished, **fields)
        return reply

    def tell_loading(self, expert: str, share: float | None, message: str) -> None:
        """Emit how far an expert is loaded; once, however many calls wait for it."""
        if self._loading.get(expert) != (share, message):
            self._loading[expert] = (share, message)
            self.tell(events.ExpertLoading, expert=expert, share=share, message=message)


def derived_seed(seed: int, name: str) -> int:
    """The seed of what goes by that name in a run or batch with that seed, whatever else runs. 31 bits."""
    digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) >> 1


_NAMES: dict[type[Task], str] = {
    Generate: "generate",
    Score: "score",
    OutcomeReward: "outcome_reward",
    StepRewards: "step_rewards",
}


def _parameters(task: Task) -> dict[str, Any]:
    match task:
        case Generate():
            return asdict(task.sampling)
        case Score():
            return {"candidates": list(task.candidates)}
        case StepRewards():
            return {"steps": list(task.steps)}
        case _:
            return {}


def _recorded_reply(answered: events.CallFinished, expert: Expert) -> Reply:
    return Reply(
        call=answered.call,
        expert=expert,
        text=answered.text,
        prompt_tokens=answered.prompt_tokens,
        tokens=answered.tokens,
        seconds_queued=answered.seconds_queued,
        seconds_to_first_token=answered.seconds_to_first_token,
        seconds=answered.seconds,
        finish_reason=answered.finish_reason,
        values=answered.values,
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    caller: Caller
    call: str
    expert: str

    def loading(self, share: float | None, message: str) -> None:
        self.caller.tell_loading(self.expert, share, message)

    def started(self) -> None:
        self.caller.tell(events.CallStarted, call=self.call)

    def came(self, delta: Delta) -> None:
        self.caller.tell(events.CallDelta, call=self.call, text=delta.text, tokens=delta.tokens)
