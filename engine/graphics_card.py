"""The NVIDIA card of this machine, asked of its driver: without importing torch."""

import shutil
import subprocess

MEBIBYTE = 1 << 20


def largest_card() -> int:
    """Bytes of memory of the largest NVIDIA card; 0 where there is none."""
    if not shutil.which("nvidia-smi"):
        return 0
    query = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    answered = subprocess.run(query, capture_output=True, text=True, check=False)
    sizes = [int(line) for line in answered.stdout.split() if line.isdigit()]
    return max(sizes, default=0) * MEBIBYTE
