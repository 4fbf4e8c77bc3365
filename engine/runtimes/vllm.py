"""Generation with vLLM, in a model process."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

# Before vLLM's own modules: it sets what they read as they are imported.
from engine.runtimes.vllm_engine import VLLMEngine  # isort: split

from vllm import SamplingParams
from vllm.config import StructuredOutputsConfig
from vllm.sampling_params import RequestOutputKind, StructuredOutputsParams

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes.base import Delta, FinishReason, Measured, Message, Progress, Sampling
from engine.runtimes.prompt import room
from engine.runtimes.thinking import ThinkingBegun
from engine.runtimes.wire import messages_to_json

_SEEDS = 2**63
_REASONS: dict[str | None, FinishReason] = {"stop": "stop", "length": "length"}


class VLLMModel:
    """A model folder as transformers reads it; it generates and scores."""

    def __init__(self, path: Path, expert: Expert, progress: Progress) -> None:
        self._expert = expert
        progress(0.2, "starting the engine and reading weights")
        # A small model that may put whitespace anywhere goes on putting it until its tokens are spent.
        schemas = StructuredOutputsConfig(backend="xgrammar", disable_any_whitespace=True)
        self._engine = VLLMEngine(path, expert, structured_outputs_config=schemas)
        self._tokenizer = self._engine.tokenizer

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream the samples of one answer; see `base.Model`."""
        chat = self._chat(messages)
        prompt, thinking = self._encode(chat), ThinkingBegun(chat, sampling)
        # vLLM refuses several greedy answers; one that chooses among the likeliest token only is the same.
        several_greedy = sampling.samples > 1 and sampling.temperature <= 0
        parameters = SamplingParams(
            n=sampling.samples,
            max_tokens=room(self._expert, len(prompt), sampling.max_tokens),
            temperature=1.0 if several_greedy else sampling.temperature,
            top_k=1 if several_greedy else 0,
            top_p=sampling.top_p,
            seed=sampling.seed % _SEEDS,
            stop=list(sampling.stop),
            output_kind=RequestOutputKind.DELTA,
        )
        if sampling.json_schema is not None:
            parameters.structured_outputs = StructuredOutputsParams(json=sampling.json_schema)
        async with aclosing(self._engine.generate(prompt, parameters)) as outputs:
            async for output in outputs:
                for answer in output.outputs:
                    if answer.finish_reason not in (None, *_REASONS):
                        raise CallFailed(f"vLLM ended the answer: {answer.finish_reason}.")
                    reason = _REASONS.get(answer.finish_reason)
                    delta = Delta(answer.text, len(answer.token_ids), len(prompt), reason, answer.index)
                    yield thinking.mark(delta)

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:
        """Log probability of each candidate's first token after the prompt."""
        prompt = self._encode(self._chat(messages))
        room(self._expert, len(prompt), 1)
        firsts = [self._tokenizer.encode(candidate, add_special_tokens=False)[0] for candidate in candidates]
        parameters = SamplingParams(max_tokens=1, temperature=0, logprob_token_ids=sorted(set(firsts)))
        async with aclosing(self._engine.generate(prompt, parameters)) as outputs:
            async for output in outputs:
                log_probabilities = output.outputs[0].logprobs
                if log_probabilities:
                    values = [log_probabilities[0][first].logprob for first in firsts]
                    return Measured(values, len(prompt))
        raise CallFailed("vLLM gave no probabilities.")

    def close(self) -> None:
        """End the engine's processes."""
        self._engine.close()

    def _chat(self, messages: Sequence[Message]) -> str:
        chat: str = self._tokenizer.apply_chat_template(
            messages_to_json(messages), add_generation_prompt=True, tokenize=False
        )
        return chat

    def _encode(self, chat: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(chat, add_special_tokens=False)
        return ids
