"""vLLM's asynchronous engine, on CUDA and with its CPU build, in a model process."""

import os

# Read by vLLM and its libraries as they are imported: local folders only, and nothing told to anyone.
os.environ.update(HF_HUB_OFFLINE="1", VLLM_NO_USAGE_STATS="1")

import traceback
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from itertools import count
from pathlib import Path
from typing import Any

from vllm import AsyncEngineArgs, RequestOutput, SamplingParams, TokensPrompt
from vllm.config import StructuredOutputsConfig
from vllm.platforms import current_platform
from vllm.sampling_params import RequestOutputKind, StructuredOutputsParams
from vllm.v1.engine.async_llm import AsyncLLM
from vllm.v1.engine.exceptions import EngineDeadError

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes.base import Delta, FinishReason, Message, Progress, Sampling
from engine.runtimes.footprint import cache_bytes, footprint
from engine.runtimes.prompt import room
from engine.runtimes.wire import messages_to_json

_SEEDS = 2**63
_TOKENS_AT_ONCE = 2048
_REASONS: dict[str | None, FinishReason] = {"stop": "stop", "length": "length"}


class VLLMModel:
    """A model folder as transformers reads it; it generates and scores."""

    def __init__(self, path: Path, expert: Expert, progress: Progress) -> None:
        self._expert = expert
        self._ids = count()
        progress(0.2, "starting the engine and reading weights")
        arguments = AsyncEngineArgs(
            model=str(path),
            max_model_len=expert.context,
            max_num_seqs=expert.slots,
            kv_cache_memory_bytes=cache_bytes(expert, "vllm", path),
            disable_log_stats=True,
            # A small model that may put whitespace anywhere goes on putting it until its tokens are spent.
            structured_outputs_config=StructuredOutputsConfig(
                backend="xgrammar", disable_any_whitespace=True
            ),
        )
        if current_platform.is_cuda():
            # vLLM refuses to start where this share of the card is not free.
            total = current_platform.get_device_total_memory()
            arguments.gpu_memory_utilization = min(0.95, footprint(expert, "vllm", path) / total)
        else:
            arguments.enforce_eager = True
            # Reading a prompt in parts rewinds its random generator, which the CPU's cannot: the engine would end.
            arguments.enable_chunked_prefill = False
            arguments.max_num_batched_tokens = max(expert.context, _TOKENS_AT_ONCE)
        self._engine = AsyncLLM.from_engine_args(arguments)
        self._tokenizer: Any = self._engine.get_tokenizer()

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream one answer; see `base.Model`."""
        prompt = self._prompt(messages)
        parameters = SamplingParams(
            max_tokens=room(self._expert, len(prompt), sampling.max_tokens),
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            seed=sampling.seed % _SEEDS,
            stop=list(sampling.stop),
            output_kind=RequestOutputKind.DELTA,
        )
        if sampling.json_schema is not None:
            parameters.structured_outputs = StructuredOutputsParams(json=sampling.json_schema)
        async with aclosing(self._outputs(prompt, parameters)) as outputs:
            async for output in outputs:
                (answer,) = output.outputs
                if answer.finish_reason not in (None, *_REASONS):
                    raise CallFailed(f"vLLM ended the answer: {answer.finish_reason}.")
                reason = _REASONS.get(answer.finish_reason)
                yield Delta(answer.text, len(answer.token_ids), len(prompt), reason)

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> list[float]:
        """Log probability of each candidate's first token after the prompt."""
        prompt = self._prompt(messages)
        room(self._expert, len(prompt), 1)
        firsts = [self._tokenizer.encode(candidate, add_special_tokens=False)[0] for candidate in candidates]
        parameters = SamplingParams(max_tokens=1, temperature=0, logprob_token_ids=sorted(set(firsts)))
        async with aclosing(self._outputs(prompt, parameters)) as outputs:
            async for output in outputs:
                log_probabilities = output.outputs[0].logprobs
                if log_probabilities:
                    return [log_probabilities[0][first].logprob for first in firsts]
        raise CallFailed("vLLM gave no probabilities.")

    def close(self) -> None:
        """End the engine's processes, which removes the memory that they share."""
        self._engine.shutdown()

    async def _outputs(
        self, prompt: list[int], parameters: SamplingParams
    ) -> AsyncGenerator[RequestOutput, None]:
        outputs = self._engine.generate(
            TokensPrompt(prompt_token_ids=prompt), parameters, str(next(self._ids))
        )
        try:
            async with aclosing(outputs):
                async for output in outputs:
                    yield output
        except EngineDeadError:
            # The engine's own process ended and takes no calls any more: this one follows it.
            traceback.print_exc()
            os._exit(1)

    def _prompt(self, messages: Sequence[Message]) -> list[int]:
        chat = self._tokenizer.apply_chat_template(
            messages_to_json(messages), add_generation_prompt=True, tokenize=False
        )
        ids: list[int] = self._tokenizer.encode(chat, add_special_tokens=False)
        return ids
