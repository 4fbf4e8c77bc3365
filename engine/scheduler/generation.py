"""One call answered by a loaded model."""

import time
from contextlib import aclosing

from engine.runtimes.base import Model
from engine.scheduler.call import Call, Reply


async def generate(model: Model, call: Call) -> Reply:
    """Have the model answer the call, tell its listener as it goes, and measure it. Raises what the model raises."""
    started = time.monotonic()
    call.listener.started()
    text: list[str] = []
    tokens, prompt_tokens, finish_reason = 0, 0, "stop"
    first: float | None = None
    async with aclosing(model.generate(call.messages, call.sampling)) as deltas:
        async for delta in deltas:
            if delta.tokens and first is None:
                first = time.monotonic()
            text.append(delta.text)
            tokens += delta.tokens
            prompt_tokens = delta.prompt_tokens or prompt_tokens
            finish_reason = delta.finish_reason or finish_reason
            if delta.text or delta.tokens:
                call.listener.came(delta)
    now = time.monotonic()
    return Reply(
        call=call.name,
        expert=call.expert,
        text="".join(text),
        prompt_tokens=prompt_tokens,
        tokens=tokens,
        seconds_queued=started - call.queued,
        seconds_to_first_token=(first or now) - started,
        seconds=now - call.queued,
        finish_reason=finish_reason,
    )
