"""Calls answered by a loaded model."""

import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from engine.runtimes.base import Delta, Model
from engine.scheduler.call import Call, Reply
from engine.scheduler.task import Generate, OutcomeReward, Score, StepRewards


async def perform(model: Model, calls: Sequence[Call]) -> None:
    """Have the model answer a call, or several that are samples of one prompt. Raises what the model raises.

    Every call's listener is told as it goes, and its reply is set as soon as it is there.
    """
    task = calls[0].task
    if isinstance(task, Generate):
        await _generate(model, calls, task)
        return
    (call,) = calls
    started = time.monotonic()
    call.listener.started()
    match task:
        case Score():
            measured = await model.score(task.messages, task.candidates)
        case OutcomeReward():
            measured = await model.outcome_reward(task.messages)
        case StepRewards():
            measured = await model.step_rewards(task.messages, task.steps)
    sample = _Sample(call, started, prompt_tokens=measured.prompt_tokens)
    sample.end("stop", measured.values)


async def _generate(model: Model, calls: Sequence[Call], task: Generate) -> None:
    started = time.monotonic()
    samples = [_Sample(call, started) for call in calls]
    for call in calls:
        call.listener.started()
    sampling = replace(task.sampling, samples=len(calls))  # sample i has the first one's seed + i
    async with aclosing(model.generate(task.messages, sampling)) as deltas:
        async for delta in deltas:
            samples[delta.sample].take(delta)
    for sample in samples:
        sample.end("stop")


@dataclass(slots=True)
class _Sample:
    call: Call
    started: float
    text: list[str] = field(default_factory=list)
    tokens: int = 0
    prompt_tokens: int = 0
    first: float | None = None

    def take(self, delta: Delta) -> None:
        if delta.tokens and self.first is None:
            self.first = time.monotonic()
        self.text.append(delta.text)
        self.tokens += delta.tokens
        self.prompt_tokens = delta.prompt_tokens or self.prompt_tokens
        if delta.text or delta.tokens:
            self.call.listener.came(delta)
        if delta.finish_reason:
            self.end(delta.finish_reason)

    def end(self, finish_reason: str, values: list[float] | None = None) -> None:
        """Set the call's reply, once."""
        if self.call.reply.done():
            return
        now = time.monotonic()
        reply = Reply(
            call=self.call.name,
            expert=self.call.expert,
            text="".join(self.text),
            prompt_tokens=self.prompt_tokens,
            tokens=self.tokens,
            seconds_queued=self.started - self.call.queued,
            seconds_to_first_token=(self.first or now) - self.started,
            seconds=now - self.call.queued,
            finish_reason=finish_reason,
            values=values,
        )
        self.call.reply.set_result(reply)
