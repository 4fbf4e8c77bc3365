"""OpenVINO GenAI's continuous batching, from asyncio."""

import os
import threading
import time
import traceback
from dataclasses import dataclass
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

DELTAS_PER_SECOND = 100.0
"""Of all answers together, at most: each takes time from the processor that the model computes on."""

_REASONS: dict[genai.GenerationFinishReason, FinishReason] = {
    genai.GenerationFinishReason.STOP: "stop",
    genai.GenerationFinishReason.LENGTH: "length",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """An answer that was asked for, before the pipeline has it."""

    answer: Answer
    prompt: Tensor
    config: genai.GenerationConfig


@dataclass(slots=True)
class _Running:
    """An answer that the pipeline is at; what it has written is passed on when it is `due`, by time.monotonic."""

    answer: Answer
    handle: GenerationHandle
    due: float = 0.0


class OpenVINOPipeline:
    """Generates any number of answers at once.

    One thread owns the pipeline: between its steps it takes in the answers that were asked for since.
    """

    def __init__(self, path: Path, expert: Expert) -> None:
        self._ids = count()
        self._asked: SimpleQueue[_Asked] = SimpleQueue()
        scheduling = genai.SchedulerConfig()
        scheduling.num_kv_blocks = cache_tokens(expert) // TOKENS_PER_BLOCK
        scheduling.max_num_seqs = expert.slots
        scheduling.enable_prefix_caching = True
        self._pipeline = genai.ContinuousBatchingPipeline(str(path), scheduling, "CPU", COMPUTING)
        self.tokenizer = self._pipeline.get_tokenizer()
        self.stop_token_ids: set[int] = self._pipeline.get_config().stop_token_ids

    def start(self) -> None:
        """Warm up, and begin to take answers."""
        self._pipeline.generate("Hello", genai.GenerationConfig(max_new_tokens=2))
        threading.Thread(target=self._run, name="openvino", daemon=True).start()

    def ask(self, answer: Answer, prompt: Tensor, config: genai.GenerationConfig) -> None:
        """Have an answer to a prompt of shape (1, tokens) generated, from any thread."""
        self._asked.put(_Asked(answer, prompt, config))

    def _run(self) -> None:
        try:
            running: list[_Running] = []
            while True:
                while not self._asked.empty() or not self._pipeline.has_non_finished_requests():
                    self._begin(self._asked.get(), running)
                self._pipeline.step()
                now, pause = time.monotonic(), len(running) / DELTAS_PER_SECOND
                running = [one for one in running if not self._pass_on(one, now, pause)]
        finally:
            # The loop ends by an error only, and a broken pipeline answers nobody again: so the process ends too.
            traceback.print_exc()
            os._exit(1)

    def _begin(self, asked: _Asked, running: list[_Running]) -> None:
        try:
            handle = self._pipeline.add_request(next(self._ids), asked.prompt, asked.config)
        except RuntimeError as error:
            asked.answer.fail(CallFailed(f"OpenVINO refused the call: {error}"))
        else:
            running.append(_Running(asked.answer, handle))

    def _pass_on(self, one: _Running, now: float, pause: float) -> bool:
        """Pass on what an answer's last steps gave, where it is due or all there; whether that was all of it."""
        answer, handle = one.answer, one.handle
        if answer.cancelled:
            handle.cancel()
            return True
        finished: bool = handle.get_status() != genai.GenerationStatus.RUNNING
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
        if finished and reason is None:
            answer.fail(CallFailed("OpenVINO gave up on the call: its cache is too small for the prompt."))
        elif ids or reason:
            answer.put(Step(ids, reason, log_probabilities))
        return finished
