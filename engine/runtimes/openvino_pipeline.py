"""OpenVINO GenAI's continuous batching, from asyncio."""

import asyncio
import os
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from queue import SimpleQueue

import openvino_genai as genai  # type: ignore[import-untyped]
from openvino import Tensor  # type: ignore[import-untyped]
from openvino_genai.py_openvino_genai import GenerationHandle  # type: ignore[import-untyped]

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes.answer import Answer, Step
from engine.runtimes.base import FinishReason
from engine.runtimes.footprint import cache_tokens

TOKENS_PER_BLOCK = 32
"""Tokens in one block of the pipeline's key-value cache on the CPU."""

COMPUTING = {"DYNAMIC_QUANTIZATION_GROUP_SIZE": "64"}
"""Numbers between layers are rounded to 8 bits by so many at a time: of more, as of fewer, products take longer, and
hidden sizes are multiples of it."""

DELTAS_PER_SECOND = 50.0
"""Of all answers together, at most: each takes time from the processor that the model computes on."""

_ROUNDS = 4
"""Of the event loop, in which what an answer was given becomes a reply, also where samples are mixed."""

_REASONS: dict[genai.GenerationFinishReason, FinishReason] = {
    genai.GenerationFinishReason.STOP: "stop",
    genai.GenerationFinishReason.LENGTH: "length",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """An answer that was asked for, with its prompt's blocks as `blocks_of` names them.

    `again` once the pipeline had no room for it beside others.
    """

    answer: Answer
    prompt: Tensor
    config: genai.GenerationConfig
    blocks: tuple[int, ...]
    again: bool = False


@dataclass(slots=True)
class _Running:
    """An answer that the pipeline is at; what it has written is passed on when it is `due`, by time.monotonic."""

    asked: _Asked
    handle: GenerationHandle
    due: float = 0.0
    prompt_read: bool = False


def blocks_of(tokens: Sequence[int]) -> tuple[int, ...]:
    """A name for each full block of a prompt, which goes by all tokens up to its end."""
    names: list[int] = []
    for end in range(TOKENS_PER_BLOCK, len(tokens) + 1, TOKENS_PER_BLOCK):
        names.append(hash((names[-1] if names else 0, *tokens[end - TOKENS_PER_BLOCK : end])))
    return tuple(names)


class _Recent:
    """The blocks that were read last, at most `size` of them: what the prefix cache may still have."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._blocks: dict[int, None] = {}

    def add(self, blocks: Sequence[int]) -> None:
        for block in blocks:
            self._blocks.pop(block, None)
            self._blocks[block] = None
        for block in list(self._blocks)[: -self._size]:
            del self._blocks[block]

    def __contains__(self, block: int) -> bool:
        return block in self._blocks


async def _rounds() -> None:
    for _ in range(_ROUNDS):
        await asyncio.sleep(0)


class OpenVINOPipeline:
    """Generates any number of answers at once.

    One thread owns the pipeline: between its steps it takes in the answers that were asked for since. The library looks
    for what it has read only as it takes one in: so one whose prompt begins as another's that is being read waits.
    Where prompts that it has read before fill its cache as they are taken in, it gives up on all of them: each of them
    is then begun anew by itself.
    """

    def __init__(self, path: Path, expert: Expert) -> None:
        self._ids = count()
        self._asked: SimpleQueue[_Asked] = SimpleQueue()
        self._waiting: list[_Asked] = []
        self._running: list[_Running] = []
        scheduling = genai.SchedulerConfig()
        scheduling.num_kv_blocks = cache_tokens(expert) // TOKENS_PER_BLOCK
        self._read = _Recent(scheduling.num_kv_blocks)
        scheduling.max_num_seqs = expert.slots
        scheduling.enable_prefix_caching = True
        self._pipeline = genai.ContinuousBatchingPipeline(str(path), scheduling, "CPU", COMPUTING)
        self.tokenizer = self._pipeline.get_tokenizer()
        self.stop_token_ids: set[int] = self._pipeline.get_config().stop_token_ids

    def start(self) -> None:
        """Warm up, and begin to take answers."""
        self._pipeline.generate("Hello", genai.GenerationConfig(max_new_tokens=2))
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._run, name="openvino", daemon=True).start()

    def ask(self, answer: Answer, prompt: Tensor, config: genai.GenerationConfig) -> None:
        """Have an answer to a prompt of shape (1, tokens) generated, from any thread."""
        self._asked.put(_Asked(answer, prompt, config, blocks_of(prompt.data[0].tolist())))

    def _run(self) -> None:
        try:
            while True:
                self._take_in()
                self._pipeline.step()
                now, pause = time.monotonic(), len(self._running) / DELTAS_PER_SECOND
                self._running = [one for one in self._running if not self._pass_on(one, now, pause)]
                # A step holds the interpreter: without this, of all that is written, one reply a step would leave.
                asyncio.run_coroutine_threadsafe(_rounds(), self._loop).result()
        finally:
            # The loop ends by an error only, and a broken pipeline answers nobody again: so the process ends too.
            traceback.print_exc()
            os._exit(1)

    def _take_in(self) -> None:
        """Give the pipeline what was asked for and need not wait; where it has nothing to do, wait for something."""
        while not self._asked.empty() or not (self._waiting or self._pipeline.has_non_finished_requests()):
            self._waiting.append(self._asked.get())
        being_read = {block for one in self._running if not one.prompt_read for block in one.asked.blocks}
        waiting, self._waiting = self._waiting, []
        alone = any(asked.again for asked in waiting)
        for asked in waiting:
            unread = next((block for block in asked.blocks if block not in self._read), None)
            if unread in being_read or (alone and (self._running or not asked.again)):
                self._waiting.append(asked)
            elif not asked.answer.cancelled:
                self._begin(asked)
                being_read.update(asked.blocks)

    def _begin(self, asked: _Asked) -> None:
        try:
            handle = self._pipeline.add_request(next(self._ids), asked.prompt, asked.config)
        except RuntimeError as error:
            asked.answer.fail(CallFailed(f"OpenVINO refused the call: {error}"))
        else:
            self._running.append(_Running(asked, handle))

    def _pass_on(self, one: _Running, now: float, pause: float) -> bool:
        """Pass on what an answer's last steps gave, where it is due or all there; whether that was all of it."""
        answer, handle = one.asked.answer, one.handle
        if answer.cancelled:
            handle.cancel()
            return True
        status = handle.get_status()
        finished: bool = status != genai.GenerationStatus.RUNNING
        if not one.prompt_read and handle.can_read() and status != genai.GenerationStatus.IGNORED:
            one.prompt_read = True
            self._read.add(one.asked.blocks)
        if now < one.due and not finished:
            return False
        one.due = now + pause
        ids: list[int] = []
        log_probabilities: list[float] = []
        reason: FinishReason | None = None
        while handle.can_read():
            for output in handle.read().values():
                ids += output.generated_ids
                log_probabilities += output.generated_log_probs
                reason = _REASONS.get(output.finish_reason)
        if finished and reason is None and not one.prompt_read and not one.asked.again:
            self._waiting.append(replace(one.asked, again=True))
        elif finished and reason is None:
            answer.fail(CallFailed("OpenVINO gave up on the call: its cache is too small for the prompt."))
        elif ids or reason:
            answer.put(Step(ids, reason, log_probabilities))
        return finished
