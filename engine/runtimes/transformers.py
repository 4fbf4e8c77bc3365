"""Generation with transformers wherever torch runs, in a model process."""

import asyncio
import traceback
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes import batch
from engine.runtimes.answer import Answer
from engine.runtimes.base import Delta, Message, Progress, Sampling
from engine.runtimes.prompt import room
from engine.runtimes.wire import messages_to_json


class TransformersModel:
    """A model folder as transformers reads it; it generates and scores.

    It takes up all that is waiting, up to the expert's slots, as one batch; what comes meanwhile is the next batch.
    """

    def __init__(self, path: Path, expert: Expert, progress: Progress) -> None:
        self._expert = expert
        progress(0.4, "reading weights")
        self._tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
        self._model = AutoModelForCausalLM.from_pretrained(path, dtype="auto", local_files_only=True).eval()
        if torch.cuda.is_available():
            self._model.to("cuda")
        stated = self._model.generation_config.eos_token_id
        ends = stated if isinstance(stated, list) else [stated, self._tokenizer.eos_token_id]
        self._ends = {end for end in ends if end is not None}
        progress(0.9, "warming up")
        self._log_probabilities([self._tokenizer.eos_token_id])
        self._waiting: list[batch.Row] = []
        self._computing = asyncio.Lock()

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream one answer; see `base.Model`."""
        if sampling.json_schema is not None:
            raise CallFailed("The runtime transformers cannot follow a JSON schema: use openvino or vllm.")
        prompt = self._prompt(messages)
        max_tokens = room(self._expert, len(prompt), sampling.max_tokens)
        answer = Answer(len(prompt), self._decode, sampling.stop)
        self._waiting.append(batch.Row(answer, prompt, sampling, max_tokens))
        computing = asyncio.create_task(self._compute())
        async with aclosing(answer.deltas()) as deltas:
            async for delta in deltas:
                yield delta
        await computing

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> list[float]:
        """Log probability of each candidate's first token after the prompt."""
        prompt = self._prompt(messages)
        room(self._expert, len(prompt), 1)
        firsts = [self._tokenizer(candidate, add_special_tokens=False).input_ids[0] for candidate in candidates]
        async with self._computing:
            log_probabilities = await asyncio.to_thread(self._log_probabilities, prompt)
        return [float(log_probabilities[first]) for first in firsts]

    async def _compute(self) -> None:
        """Generate the waiting rows, unless the batch before took them up."""
        async with self._computing:
            rows = [row for row in self._waiting[: self._expert.slots] if not row.answer.cancelled]
            ...

    def _prompt(self, messages: Sequence[Message]) -> list[int]:
        chat = self._tokenizer.apply_chat_template(
            messages_to_json(messages), add_generation_prompt=True, tokenize=False
        )
        ids: list[int] = self._tokenizer(chat, add_special_tokens=False).input_ids
        return ids
