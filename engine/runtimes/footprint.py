"""How much memory a loaded expert takes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import LoadFailed
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


_FILLED = 8192
"""Tokens of a context that is longer than that which answers are taken to fill."""


def cache_tokens(expert: Expert) -> int:
    """Tokens that the key-value cache holds: a quarter of the expert's slots filled, and two whole contexts at least.

    Prompts share prefixes and most answers are short; what does not fit waits its turn.
    """
    return max(2 * expert.context, min(expert.context, _FILLED) * (expert.slots // 4))


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
    """Size of the weights in the folder `path`; pickled ones count where there are no others."""
    weights = [*path.rglob("*.safetensors"), *path.glob("openvino_model.bin")]
    return sum(file.stat().st_size for file in weights or path.glob("*.bin"))


def footprint(expert: Expert, runtime: str, path: Path) -> int:
    """Bytes that the expert takes in the model process of `runtime`: process, weights and a full cache.

    Raises LoadFailed where the model's config.json does not say how large its cache is.
    """
    weights = int(_TIMES_WEIGHTS.get(runtime, bytes_per_weight() / 2) * weight_bytes(path))
    return _PROCESS_BYTES[runtime] + weights + cache_bytes(expert, runtime, path)


def _numbers_per_token(folder: Path) -> int:
    config: Mapping[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    config = config.get("text_config", config)
    try:
        # EXAONE has its layers, and GLM-4 its key-value heads and their size, under names of their own.
        layers = config.get("num_hidden_layers") or config["num_layers"]
        heads = config["num_attention_heads"]
        head_size = config.get("head_dim") or config.get("kv_channels") or config["hidden_size"] // heads
        kv_heads = config.get("num_key_value_heads") or config.get("multi_query_group_num") or heads
    except KeyError as error:
        raise LoadFailed(
            f"{folder / 'config.json'} states no {error}, which it takes to tell how much memory the model needs: "
            "use another model."
        ) from error
    return 2 * int(layers * kv_heads * head_size)
