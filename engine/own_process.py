"""Processes that run one of the engine's modules, seen from the app and from within."""

import os
import sys
from pathlib import Path

from engine.graphics_card import ORDER

_PROJECT = Path(__file__).parents[1]


def command(module: str) -> tuple[str, ...]:
    """What starts `module` in a process of its own, in `environment`."""
    return sys.executable, "-P", "-m", module


def environment() -> dict[str, str]:
    """The app's environment, in which the engine's modules are found wherever the app was started."""
    paths = filter(None, [str(_PROJECT), os.environ.get("PYTHONPATH")])
    return {**ORDER, **os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def claim_stdout() -> int:
    """A descriptor of stdout for what the process tells the app: what libraries print goes to stderr from then on."""
    claimed = os.dup(1)
    os.dup2(2, 1)
    return claimed
