"""Generation with OpenVINO GenAI, in a model process."""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import openvino_genai as genai  # type: ignore[import-untyped]
from openvino import Tensor  # type: ignore[import-untyped]

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes.answer import Answer, Step
from engine.runtimes.base import Delta, Measured, Message, Progress, Sampling
from engine.runtimes.ends import ENDS_OF_TEXT
from engine.runtimes.openvino_pipeline import OpenVINOPipeline
from engine.runtimes.prompt import room
from engine.runtimes.samples import mixed, singly
from engine.runtimes.thinking import ThinkingBegun
from engine.runtimes.wire import messages_to_json

_EVEN = 100.0
"""A temperature at which whatever a grammar lets through is about as likely."""

_TRIES = 64
_SEEDS = 2**32


class OpenVINOModel:
    """A folder in OpenVINO's format; it generates and scores."""

    def __init__(self, path: Path, expert: Expert, progress: Progress) -> None:
        self._expert = expert
        progress(0.1, "reading weights")
        self._pipeline = OpenVINOPipeline(path, expert)
        self._tokenizer = self._pipeline.tokenizer
        # GGUF names one token that ends an answer; chat models now and then end with another.
        vocabulary = self._tokenizer.get_vocab()
        ends = {vocabulary[token] for token in ENDS_OF_TEXT if token in vocabulary}
        self._ends = ends | self._pipeline.stop_token_ids
        progress(0.9, "warming up")
        self._pipeline.start()

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream the samples of one answer; see `base.Model`."""
        chat = self._chat(messages)
        prompt, thinking = self._encode(chat), ThinkingBegun(chat, sampling)
        max_tokens = room(self._expert, prompt.shape[1], sampling.max_tokens)
        each = singly(replace(sampling, max_tokens=max_tokens))
        answers = [self._ask(prompt, self._config(one), one.stop) for one in each]
        try:
            async with aclosing(mixed([answer.deltas() for answer in answers])) as deltas:
                async for delta in deltas:
                    yield thinking.mark(delta)
        finally:
            for answer in answers:  # also those that nobody had begun to read
                answer.cancelled = True

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:
        """Log probability of each candidate's first token after the prompt.

        The pipeline tells the probability of what it generates only, though of that before any grammar or
        temperature: so each token is asked for by a grammar that leaves little else.
        """
        prompt = self._encode(self._chat(messages))
        room(self._expert, prompt.shape[1], 1)
        firsts = [self._encode(candidate).data[0][0] for candidate in candidates]
        # Read once beforehand, so that every candidate finds the same numbers in the cache.
        await self._next_token(prompt, self._config(Sampling(max_tokens=1, temperature=0)))
        values = [await self._log_probability(prompt, int(first)) for first in firsts]
        return Measured(values, prompt.shape[1])

    async def _log_probability(self, prompt: Tensor, token: int) -> float:
        text = self._tokenizer.decode([token])
        if token not in self._encode(text).data:
            raise CallFailed(
                f"OpenVINO cannot tell the probability of a token that is no text by itself ({token})."
            )
        for number in range(_TRIES):
            # The grammar also lets tokens through that only begin the text: where one of them is likelier, heat it up.
            heat = _EVEN if number else 0.0
            config = self._config(Sampling(max_tokens=1, temperature=heat, seed=number))
            config.structured_output_config = genai.StructuredOutputConfig(
                structural_tags_config=genai.StructuredOutputConfig.ConstString(text)
            )
            step = await self._next_token(prompt, config)
            if list(step.ids) == [token]:
                return step.log_probabilities[0]
        raise CallFailed(f"OpenVINO did not come to the token {text!r} in {_TRIES} tries.")

    async def _next_token(self, prompt: Tensor, config: genai.GenerationConfig) -> Step:
        config.logprobs = 1
        async with aclosing(self._ask(prompt, config).steps()) as steps:
            return await anext(steps)

    def _chat(self, messages: Sequence[Message]) -> str:
        chat: str = self._tokenizer.apply_chat_template(
            messages_to_json(messages), add_generation_prompt=True
        )
        return chat

    def _encode(self, text: str) -> Tensor:
        """Token ids of shape (1, tokens)."""
        return self._tokenizer.encode(text, add_special_tokens=False).input_ids

    def _ask(self, prompt: Tensor, config: genai.GenerationConfig, stop: Sequence[str] = ()) -> Answer:
        answer = Answer(prompt.shape[1], self._tokenizer.decode, stop)
        self._pipeline.ask(answer, prompt, config)
        return answer

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
