"""The numbers that PyTorch's models compute in, here and in their processes alike."""

from functools import cache
from pathlib import Path
from typing import Literal

from engine.graphics_card import graphics_card

_PROCESSOR = Path("/proc/cpuinfo")
_BFLOAT16 = {"amx_bf16", "avx512_bf16", "bf16"}
"""What processors call their instructions for it: Intel, AMD, and Arm."""


def numbers() -> Literal["auto", "float32"]:
    """As transformers and vLLM call them: those of the weights, but 32 bits on a processor without bfloat16.

    There PyTorch imitates bfloat16: prompts were read three times as fast in 32 bits, on two cores with AVX-512.
    """
    return "auto" if _computes_bfloat16() else "float32"


def bytes_per_weight() -> int:
    """Bytes in memory of a weight that takes two on disk."""
    return 2 if _computes_bfloat16() else 4


@cache
def _computes_bfloat16() -> bool:
    """Whether there is an NVIDIA card, or a processor that has bfloat16 or does not tell."""
    if graphics_card() or not _PROCESSOR.exists():
        return True
    return bool(_BFLOAT16 & set(_PROCESSOR.read_text("utf-8").split()))
