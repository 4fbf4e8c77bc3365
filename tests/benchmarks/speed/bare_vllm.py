"""vLLM by itself, set up as the engine sets it up."""

from pathlib import Path
from typing import Any

# Before vLLM's own modules: it sets what they read as they are imported.
from engine.runtimes.vllm_engine import TOKENS_AT_ONCE  # isort: split

from vllm import LLM, SamplingParams, TokensPrompt
from vllm.platforms import current_platform

from engine.pool import Expert
from engine.runtimes.footprint import cache_bytes, footprint
from engine.runtimes.precision import numbers
from speed.work import Generation

_SEEDS = 2**63


class BareVLLM:
    """A model folder as transformers reads it."""

    def __init__(self, path: Path, expert: Expert) -> None:
        options: dict[str, Any] = {
            "enforce_eager": True,
            "enable_chunked_prefill": False,
            "max_num_batched_tokens": max(expert.context, TOKENS_AT_ONCE),
        }
        if current_platform.is_cuda():
            total = current_platform.get_device_total_memory()
            options = {"gpu_memory_utilization": min(0.95, footprint(expert, "vllm", path) / total)}
        self._llm = LLM(
            model=str(path),
            dtype=numbers(),
            trust_remote_code=expert.own_code,
            max_model_len=expert.context,
            max_num_seqs=expert.slots,
            kv_cache_memory_bytes=cache_bytes(expert, "vllm", path),
            disable_log_stats=True,
            **options,
        )
        self._tokenizer: Any = self._llm.get_tokenizer()

    def warm_up(self) -> None:
        """Nothing: it warms up as it loads."""

    def prompt(self, messages: list[dict[str, str]]) -> str:
        """The messages as the model reads them."""
        return self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)

    def read(self, prompts: list[str]) -> None:
        """Nothing: it reads what prompts have in common once by itself."""

    def generate(self, prompts: list[str], generations: list[Generation]) -> int:
        """Answer all prompts, each with as many tokens as the engine's answer had; the tokens written."""
        ids = [self._tokenizer.encode(prompt, add_special_tokens=False) for prompt in prompts]
        outputs = self._llm.generate(
            [TokensPrompt(prompt_token_ids=prompt) for prompt in ids],
            [_parameters(generation) for generation in generations],
            use_tqdm=False,
        )
        return sum(len(output.outputs[0].token_ids) for output in outputs)

    def close(self) -> None:
        """End the engine's processes."""
        self._llm.llm_engine.engine_core.shutdown()


def _parameters(generation: Generation) -> SamplingParams:
    return SamplingParams(
        max_tokens=generation.tokens,
        ignore_eos=True,
        temperature=generation.sampling["temperature"],
        top_p=generation.sampling["top_p"],
        seed=generation.sampling["seed"] % _SEEDS,
    )
