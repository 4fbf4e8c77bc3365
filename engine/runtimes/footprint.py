"""How much memory a loaded expert takes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.pool import Expert
from engine.runtimes.precision import bytes_per_weight

_MIB = 1 << 20
_PROCESS_BYTES = {
    "openvino": 250 * _MIB,
    "transformers": 1000 * _MIB,
    "vllm": 2500 * _MIB,
    "embedding": 700 * _MIB,
}
"""What a model process takes besides weights and cache: the libraries and their working memory (measured)."""

_TIMES_WEIGHTS = {"openvino": 1.1, "embedding": 1.0}
"""How often weights lie in memory. OpenVINO lays them out anew; the file they came from is mapped, and leaves memory
when that is wanted (measured 0.9 to 1.0 besides the file). The others: by what they compute in."""

_CACHE_BYTES = {"openvino": 1.2, "vllm": 2.0}
"""Bytes for one number in the key-value cache. OpenVINO keeps 8 bits and a scale for every few of them; vLLM's cache
stays as large where numbers take four bytes, and holds half the tokens: those of long answers then take turns."""


def cache_tokens(expert: Expert) -> int:
    """Tokens that the key-value cache holds: a quarter of the expert's slots, at least two, filled to its context.

    Prompts share prefixes and most answers are short; what does not fit waits its turn.
    """
    return expert.context * max(2, expert.slots // 4)


def cache_bytes(expert: Expert, runtime: str, path: Path) -> int:
    """Bytes of that cache for the prepared weights at `path`: two vectors per token, layer and key-value head."""
    if runtime == "embedding":
        return 0
    numbers = _numbers_per_token(path)
    held = int(cache_tokens(expert) * numbers * _CACHE_BYTES.get(runtime, bytes_per_weight()))
    if runtime == "vllm":
        # Half the tokens may be one full context, and vLLM wants a little more than that to start.
        held = max(held, 2 * expert.context * numbers * bytes_per_weight())
    return held


def weight_bytes(path: Path) -> int:
    """Size of the weights in the folder `path`."""
    weights = (*path.rglob("*.safetensors"), *path.glob("openvino_model.bin"))
    return sum(file.stat().st_size for file in weights)


def footprint(expert: Expert, runtime: str, path: Path) -> int:
    """Bytes that the expert takes in the model process of `runtime`: process, weights and a full cache."""
    weights = int(_TIMES_WEIGHTS.get(runtime, bytes_per_weight() / 2) * weight_bytes(path))
    return _PROCESS_BYTES[runtime] + weights + cache_bytes(expert, runtime, path)


def _numbers_per_token(folder: Path) -> int:
    config: Mapping[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    config = config.get("text_config", config)
    heads = config["num_attention_heads"]
    head_size = config.get("head_dim") or config["hidden_size"] // heads
    kv_heads = config.get("num_key_value_heads") or heads
    return 2 * int(config["num_hidden_layers"] * kv_heads * head_size)
