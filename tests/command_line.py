"""The installed command line, as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent
COMMAND = (sys.executable, str(PROJECT / "app.py"))
ONE = str(PROJECT / "tests/pools/one.toml")
QUESTION = "A box holds 4 pens. How many pens do 3 boxes hold?"


def disputatio(*arguments: str, seconds: float = 400) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=seconds, cwd=PROJECT, check=False
    )


def start(*arguments: str, marker: str, log: Path) -> subprocess.Popen[bytes]:
    """Start a command that goes on; it and all it starts carry `marker` in their environment."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [*COMMAND, *arguments],
            stdout=output,
            stderr=output,
            cwd=PROJECT,
            env={**os.environ, "DISPUTATIO_TEST_MARKER": marker},
        )


def marked(marker: str) -> list[str]:
    """The command lines of the living processes that carry `marker`."""
    wanted = f"DISPUTATIO_TEST_MARKER={marker}".encode()
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
            words = (process / "cmdline").read_bytes().split(b"\0")
            state = (process / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except (OSError, IndexError):  # it ended meanwhile
            continue
        if wanted in environment and state != "Z":
            found.append(b" ".join(words).decode("utf-8", "replace"))
    return found
