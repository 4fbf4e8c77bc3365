"""OpenVINO GenAI's continuous batching by itself, set up as the engine sets it up."""

from pathlib import Path

import openvino_genai as genai
from openvino import Tensor

from engine.pool import Expert
from engine.runtimes.footprint import cache_tokens
from engine.runtimes.openvino_pipeline import COMPUTING, TOKENS_PER_BLOCK
from speed.work import Generation

_SEEDS = 2**32


class BareOpenVINO:
    """A folder in OpenVINO's format."""

    def __init__(self, path: Path, expert: Expert) -> None:
        scheduling = genai.SchedulerConfig()
        scheduling.num_kv_blocks = cache_tokens(expert) // TOKENS_PER_BLOCK
        scheduling.max_num_seqs = (
            expert.slots
        )  # does not bind while prompts are read in parts, as they are here
        scheduling.enable_prefix_caching = True
        self._pipeline = genai.ContinuousBatchingPipeline(str(path), scheduling, "CPU", COMPUTING)
        self._tokenizer = self._pipeline.get_tokenizer()

    def warm_up(self) -> None:
        """Write two tokens."""
        self._pipeline.generate("Hello", genai.GenerationConfig(max_new_tokens=2))

    def prompt(self, messages: list[dict[str, str]]) -> str:
        """The messages as the model reads them."""
        return self._tokenizer.apply_chat_template(messages, add_generation_prompt=True)

    def generate(self, prompts: list[str], generations: list[Generation]) -> int:
        """Answer all prompts, each with as many tokens as the engine's answer had; the tokens written."""
        results = self._pipeline.generate(
            self._encoded(prompts), [_config(generation) for generation in generations]
        )
        answers = [result.m_generation_ids[0] for result in results]
        for answer in answers:
            self._tokenizer.decode(answer)
        return sum(map(len, answers))

    def read(self, prompts: list[str]) -> None:
        """Read each prompt once, and before that what all begin with.

        The library looks for what it has read only as it takes a request in: so it would read every sample's in full.
        """
        once = genai.GenerationConfig(max_new_tokens=1)
        for some in (prompts[:1], list(dict.fromkeys(prompts))):
            self._pipeline.generate(self._encoded(some), [once] * len(some))

    def close(self) -> None:
        """Free the model's memory."""
        del self._pipeline

    def _encoded(self, prompts: list[str]) -> list[Tensor]:
        return [self._tokenizer.encode(prompt, add_special_tokens=False).input_ids for prompt in prompts]


def _config(generation: Generation) -> genai.GenerationConfig:
    config = genai.GenerationConfig()
    config.max_new_tokens = generation.tokens
    config.ignore_eos = True
    config.do_sample = generation.sampling["temperature"] > 0
    if config.do_sample:
        config.temperature = generation.sampling["temperature"]
        config.top_p = generation.sampling["top_p"]
        config.rng_seed = generation.sampling["seed"] % _SEEDS
    return config
