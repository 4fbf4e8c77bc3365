"""How much memory a loaded expert takes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.pool import Expert
from engine.runtimes.gguf_header import read_numbers

_MIB = 1 << 20
_PROCESS_BYTES = {
    "openvino": 250 * _MIB,
    "transformers": 1000 * _MIB,
    "vllm": 2500 * _MIB,
    "embedding": 700 * _MIB,
}
"""What a model process takes besides weights and cache: the libraries and their working memory (measured)."""

_TIMES_WEIGHTS = {"openvino": 3.0, "transformers": 1.0, "vllm": 1.0, "embedding": 1.0}
"""How often weights lie in memory; OpenVINO unpacks GGUF and keeps it beside what it read (measured 2.4 to 3.1)."""

_CACHE_BYTES = {"openvino": 1.2, "transformers": 2.0, "vllm": 2.0}
"""Bytes of one number in the key-value cache; OpenVINO keeps 8 bits and a scale for every few of them."""


def cache_tokens(expert: Expert) -> int:
    """Tokens that the key-value cache holds: a quarter of the expert's slots, at least two, filled to its context.

    Prompts share prefixes and most answers are short; what does not fit waits its turn.
    """
    return expert.context * max(2, expert.slots // 4)


def cache_bytes(expert: Expert, runtime: str, path: Path) -> int:
    """Bytes of that cache for the prepared weights at `path`: two vectors per token, layer and key-value head."""
    if runtime == "embedding":
        return 0
    numbers_per_token = _from_config(path) if path.is_dir() else _from_gguf(path)
    return int(cache_tokens(expert) * numbers_per_token * _CACHE_BYTES[runtime])


def weight_bytes(path: Path) -> int:
    """Size of the weights at `path`, a file or a folder."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*.safetensors"))
    return path.stat().st_size


def footprint(expert: Expert, runtime: str, path: Path) -> int:
    """Bytes that the expert takes in the model process of `runtime`: process, weights and a full cache."""
    weights = int(_TIMES_WEIGHTS[runtime] * weight_bytes(path))
    return _PROCESS_BYTES[runtime] + weights + cache_bytes(expert, runtime, path)


def _from_config(folder: Path) -> int:
    config: Mapping[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    config = config.get("text_config", config)
    heads = config["num_attention_heads"]
    head_size = config.get("head_dim") or config["hidden_size"] // heads
    kv_heads = config.get("num_key_value_heads") or heads
    return 2 * int(config["num_hidden_layers"] * kv_heads * head_size)


def _from_gguf(file: Path) -> int:
    numbers = {key.partition(".")[2]: value for key, value in read_numbers(file).items()}
    heads = numbers["attention.head_count"]
    head_size = numbers.get("attention.key_length") or numbers["embedding_length"] // heads
    kv_heads = numbers.get("attention.head_count_kv") or heads
    return 2 * int(numbers["block_count"] * kv_heads * head_size)
