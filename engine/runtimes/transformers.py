"""Generation with transformers wherever torch runs, in a model process."""

import asyncio
import os
import threading
import time
import traceback
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path
from queue import SimpleQueue

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes.answer import Answer
from engine.runtimes.base import Delta, Measured, Message, Progress, Sampling
from engine.runtimes.batch import Row, generate
from engine.runtimes.precision import numbers
from engine.runtimes.prompt import room
from engine.runtimes.samples import mixed, singly
from engine.runtimes.thinking import ThinkingBegun
from engine.runtimes.wire import messages_to_json

_GATHERING_SECONDS = 0.05
"""How long a batch waits for calls that were sent together with its first."""


class TransformersModel:
    """A model folder as transformers reads it; it generates and scores.

    One thread generates. It takes up all that is waiting, up to the expert's slots, as one batch; what comes
    meanwhile is the next batch.
    """

    def __init__(self, path: Path, expert: Expert, progress: Progress) -> None:
        self._expert = expert
        self._asked: SimpleQueue[Row] = SimpleQueue()
        self._computing = threading.Lock()
        progress(0.4, "reading weights")
        local = {"local_files_only": True, "trust_remote_code": expert.own_code}
        self._tokenizer = AutoTokenizer.from_pretrained(path, **local)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = AutoModelForCausalLM.from_pretrained(path, dtype=numbers(), device_map=device, **local)
        stated = self._model.generation_config.eos_token_id
        ends = stated if isinstance(stated, list) else [stated, self._tokenizer.eos_token_id]
        self._ends = {end for end in ends if end is not None}
        progress(0.9, "warming up")
        self._log_probabilities([self._tokenizer.eos_token_id])
        threading.Thread(target=self._run, name="transformers", daemon=True).start()

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream the samples of one answer; see `base.Model`."""
        if sampling.json_schema is not None:
            raise CallFailed("The runtime transformers cannot follow a JSON schema: use openvino or vllm.")
        chat = self._chat(messages)
        prompt, thinking = self._encode(chat), ThinkingBegun(chat, sampling)
        max_tokens = room(self._expert, len(prompt), sampling.max_tokens)
        answers = []
        for one in singly(sampling):
            answers.append(Answer(len(prompt), self._decode, one.stop))
            self._asked.put(Row(answers[-1], prompt, one, max_tokens))
        async with aclosing(mixed([answer.deltas() for answer in answers])) as deltas:
            async for delta in deltas:
                yield thinking.mark(delta)

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:
        """Log probability of each candidate's first token after the prompt."""
        prompt = self._encode(self._chat(messages))
        room(self._expert, len(prompt), 1)
        firsts = [
            self._tokenizer(candidate, add_special_tokens=False).input_ids[0] for candidate in candidates
        ]
        log_probabilities = await asyncio.to_thread(self._log_probabilities, prompt)
        return Measured([float(log_probabilities[first]) for first in firsts], len(prompt))

    def _chat(self, messages: Sequence[Message]) -> str:
        return str(
            self._tokenizer.apply_chat_template(
                messages_to_json(messages), add_generation_prompt=True, tokenize=False
            )
        )

    def _encode(self, chat: str) -> list[int]:
        ids: list[int] = self._tokenizer(chat, add_special_tokens=False).input_ids
        return ids

    def _decode(self, ids: list[int]) -> str:
        return str(self._tokenizer.decode(ids, skip_special_tokens=True))

    @torch.inference_mode()
    def _log_probabilities(self, prompt: list[int]) -> torch.Tensor:
        """Of every token in the vocabulary to come next; shape (vocabulary,)."""
        with self._computing:
            ids = torch.tensor([prompt], device=self._model.device)
            logits = self._model(input_ids=ids, logits_to_keep=1).logits
        return torch.log_softmax(logits[0, -1].float(), dim=-1)

    def _run(self) -> None:
        try:
            while True:
                rows = [self._asked.get()]
                time.sleep(_GATHERING_SECONDS)
                while len(rows) < self._expert.slots and not self._asked.empty():
                    rows.append(self._asked.get())
                self._answer([row for row in rows if not row.answer.cancelled])
        finally:
            # The loop ends by an error only, and nobody would be answered again: so the process ends too.
            traceback.print_exc()
            os._exit(1)

    def _answer(self, rows: list[Row]) -> None:
        try:
            with self._computing:
                generate(self._model, rows, self._ends)
        except RuntimeError as error:  # torch's own, out of memory among them; the next batch may fare better
            traceback.print_exc()
            for row in rows:
                row.answer.fail(CallFailed(f"transformers failed in the middle of a batch: {error}"))
