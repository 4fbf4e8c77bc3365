"""OpenVINO GenAI's continuous batching, in a model process."""

import asyncio
import json
import os
import threading
import traceback
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from queue import SimpleQueue

import openvino_genai as genai  # type: ignore[import-untyped]
from openvino import Tensor  # type: ignore[import-untyped]
from openvino_genai.py_openvino_genai import GenerationHandle  # type: ignore[import-untyped]

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes.answer import Answer
from engine.runtimes.base import Delta, FinishReason, Message, Progress, Sampling
from engine.runtimes.footprint import cache_tokens
from engine.runtimes.prompt import room
from engine.weights.convert import ENDS_OF_TEXT

TOKENS_PER_BLOCK = 32
"""Tokens in one block of the pipeline's key-value cache on the CPU."""

_SEEDS = 2**32
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


class OpenVINOModel:
    """A GGUF file or a folder in OpenVINO's format; it generates.

    One thread owns the pipeline: between its steps it takes in the answers that were asked for since.
    """

    def __init__(self, path: Path, expert: Expert, progress: Progress) -> None:
        self._expert = expert
        self._loop = asyncio.get_running_loop()
        self._ids = count()
        self._asked: SimpleQueue[_Asked] = SimpleQueue()
        scheduling = genai.SchedulerConfig()
        scheduling.num_kv_blocks = cache_tokens(expert) // TOKENS_PER_BLOCK
        scheduling.max_num_seqs = expert.slots
        scheduling.enable_prefix_caching = True
        progress(0.1, "reading weights")
        self._pipeline = genai.ContinuousBatchingPipeline(str(path), scheduling, "CPU")
        self._tokenizer = self._pipeline.get_tokenizer()
        # GGUF names one token that ends an answer; chat models now and then end with another.
        vocabulary = self._tokenizer.get_vocab()
        ends = {vocabulary[token] for token in ENDS_OF_TEXT if token in vocabulary}
        self._ends = ends | self._pipeline.get_config().stop_token_ids
        progress(0.9, "warming up")
        self._pipeline.generate("Hello", genai.GenerationConfig(max_new_tokens=2))
        threading.Thread(target=self._run, name="openvino", daemon=True).start()

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream one answer; see `base.Model`."""
        chat = [{"role": message.role, "content": message.content} for message in messages]
        prompt = self._tokenizer.apply_chat_template(chat, add_generation_prompt=True)
        ids = self._tokenizer.encode(prompt, add_special_tokens=False).input_ids
        prompt_tokens = ids.shape[1]
        max_tokens = room(self._expert, prompt_tokens, sampling.max_tokens)
        answer = Answer(prompt_tokens, self._tokenizer.decode, sampling.stop)
        self._asked.put(_Asked(answer, ids, self._config(replace(sampling, max_tokens=max_tokens))))
        async with aclosing(answer.deltas()) as deltas:
            async for delta in deltas:
                yield delta

    def _config(self, sampling: Sampling) -> genai.GenerationConfig:
        config = genai.GenerationConfig()
        config.stop_token_ids = self._ends
        config.max_new_tokens = sampling.max_tokens
        config.do_sample = sampling.temperature > 0
        if config.do_sample:
            config.temperature = sampling.temperature
            config.top_p = sampling.top_p
            config.rng_seed = sampling.seed % _SEEDS
        if sampling.json_schema is not None:
            config.structured_output_config = genai.StructuredOutputConfig(
                json_schema=json.dumps(sampling.json_schema)
            )
        return config

    def _run(self) -> None:
        try:
            handles: dict[Answer, GenerationHandle] = {}
            while True:
                while not self._asked.empty() or not self._pipeline.has_non_finished_requests():
                    self._begin(self._asked.get(), handles)
                self._pipeline.step()
                for answer, handle in list(handles.items()):
                    if self._pass_on(answer, handle):
                        del handles[answer]
        finally:
            # The loop ends by an error only, and a broken pipeline answers nobody again: so the process ends too.
            traceback.print_exc()
            os._exit(1)

    def _begin(self, asked: _Asked, handles: dict[Answer, GenerationHandle]) -> None:
        try:
            handles[asked.answer] = self._pipeline.add_request(next(self._ids), asked.prompt, asked.config)
        except RuntimeError as error:
            asked.answer.fail(CallFailed(f"OpenVINO refused the call: {error}"))

    def _pass_on(self, answer: Answer, handle: GenerationHandle) -> bool:
        """Pass on what the last step gave to the answer; whether that was all of it."""
        if answer.cancelled:
            handle.cancel()
            return True
        finished: bool = handle.get_status() != genai.GenerationStatus.RUNNING
        ids: list[int] = []
        reason: FinishReason | None = None
        while handle.can_read():
            for output in handle.read().values():
                ids += output.generated_ids
                reason = _REASONS.get(output.finish_reason)
        if finished and reason is None:
            answer.fail(CallFailed("OpenVINO gave up on the call: its cache is too small for the prompt."))
        elif ids or reason:
            answer.put(ids, reason)
        return finished
