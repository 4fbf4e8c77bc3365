"""How much memory loaded experts may take together, where a person does not say."""

import shutil
import subprocess

import psutil

SHARE_OF_AVAILABLE = 0.7
"""Of the main memory that is free when the app starts: the rest is for the app, its pages and other programs."""

SHARE_OF_CARD = 0.9
MEBIBYTE = 1 << 20


def default_budget() -> int:
    """Bytes: nine tenths of the largest NVIDIA card where there is one, else seven tenths of free main memory."""
    if card := _largest_card():
        return int(card * SHARE_OF_CARD)
    return int(psutil.virtual_memory().available * SHARE_OF_AVAILABLE)


def _largest_card() -> int:
    if not shutil.which("nvidia-smi"):
        return 0
    query = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    answered = subprocess.run(query, capture_output=True, text=True, check=False)
    sizes = [int(line) for line in answered.stdout.split() if line.isdigit()]
    return max(sizes, default=0) * MEBIBYTE
