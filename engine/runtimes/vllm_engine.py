"""vLLM's asynchronous engine, on CUDA and with its CPU build."""

import os

# Read by vLLM and its libraries as they are imported: local folders only, and nothing told to anyone. Its own process
# is spawned: one that is forked, as vLLM does it on CUDA, waits for ever for the stdin that this one's thread reads.
os.environ.update(HF_HUB_OFFLINE="1", VLLM_NO_USAGE_STATS="1", VLLM_WORKER_MULTIPROC_METHOD="spawn")
if len(os.sched_getaffinity(0)) <= 4:
    # Else its CPU build computes on all cores but one, on which it waits, busily: of two cores that is half.
    os.environ.setdefault("VLLM_CPU_NUM_OF_RESERVED_CPU", "0")

import traceback
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from vllm import AsyncEngineArgs, PoolingParams, RequestOutput, SamplingParams, TokensPrompt
from vllm.outputs import PoolingRequestOutput
from vllm.platforms import current_platform
from vllm.v1.engine.async_llm import AsyncLLM
from vllm.v1.engine.exceptions import EngineDeadError

from engine.errors import CallFailed
from engine.pool import Expert
from engine.runtimes.footprint import cache_bytes, footprint
from engine.runtimes.precision import numbers

TOKENS_AT_ONCE = 2048


class VLLMEngine:
    """The engine for one expert, with the `options` of vLLM's AsyncEngineArgs that its task needs besides."""

    def __init__(self, path: Path, expert: Expert, **options: Any) -> None:
        self._ids = count()
        arguments = AsyncEngineArgs(
            model=str(path),
            dtype=numbers(),
            trust_remote_code=expert.own_code,
            max_model_len=expert.context,
            max_num_seqs=expert.slots,
            kv_cache_memory_bytes=cache_bytes(expert, "vllm", path),
            disable_log_stats=True,
            **options,
        )
        if current_platform.is_cuda():
            # vLLM refuses to start where this share of the card is not free.
            total = current_platform.get_device_total_memory()
            arguments.gpu_memory_utilization = min(0.95, footprint(expert, "vllm", path) / total)
        else:
            arguments.enforce_eager = True
            # Reading a prompt in parts rewinds its random generator, which the CPU's cannot: the engine would end.
            arguments.enable_chunked_prefill = False
            arguments.max_num_batched_tokens = max(expert.context, TOKENS_AT_ONCE)
        self._engine = AsyncLLM.from_engine_args(arguments)
        self.tokenizer: Any = self._engine.get_tokenizer()

    async def generate(
        self, prompt: list[int], parameters: SamplingParams
    ) -> AsyncGenerator[RequestOutput, None]:
        """What comes after the prompt; closed before its end, it is cancelled."""
        outputs = self._engine.generate(
            TokensPrompt(prompt_token_ids=prompt), parameters, str(next(self._ids))
        )
        with _ending_with_the_engine():
            async with aclosing(outputs):
                async for output in outputs:
                    yield output

    async def pool(self, prompt: list[int], parameters: PoolingParams) -> PoolingRequestOutput:
        """What a pooling model makes of the prompt."""
        outputs = self._engine.encode(TokensPrompt(prompt_token_ids=prompt), parameters, str(next(self._ids)))
        with _ending_with_the_engine():
            async with aclosing(outputs):
                async for output in outputs:
                    return output
        raise CallFailed("vLLM gave nothing.")

    def close(self) -> None:
        """End the engine's processes, which removes the memory that they share."""
        self._engine.shutdown()


@contextmanager
def _ending_with_the_engine() -> Iterator[None]:
    try:
        yield
    except EngineDeadError:
        # The engine's own process ended and takes no calls any more: this one follows it.
        traceback.print_exc()
        os._exit(1)
