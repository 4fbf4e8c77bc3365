"""The NVIDIA card that models run on, asked of its driver: without importing torch."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

MEBIBYTE = 1 << 20

ORDER = {"CUDA_DEVICE_ORDER": "PCI_BUS_ID"}
"""What makes CUDA number cards as the driver does."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card's memory in bytes: all of it, and what nobody uses now."""

    total: int
    free: int


def graphics_card() -> Card | None:
    """The first NVIDIA card that this process may see, on which models run; None where there is none."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "0").partition(",")[0].strip()
    if visible in ("", "-1") or not shutil.which("nvidia-smi"):
        return None
    # A part of a card has an identifier that the driver takes for none; then the first card is told of.
    return _asked(f"--id={visible}") or _asked()


def _asked(*which: str) -> Card | None:
    query = ["nvidia-smi", *which, "--query-gpu=memory.total,memory.free", "--format=csv,noheader,nounits"]
    answered = subprocess.run(query, capture_output=True, text=True, check=False)
    told = re.match(r"\s*(\d+)\s*,\s*(\d+)", answered.stdout)
    return Card(int(told[1]) * MEBIBYTE, int(told[2]) * MEBIBYTE) if told else None
