"""An expert's library by itself, without the engine: started, given its prompts at once, and ended again.

Each start is a process of its own, as tearing an engine down for good takes.
"""

import json
import subprocess
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from engine import own_process
from engine.errors import UserError
from engine.pool import Pool
from engine.weights import prepared, run_by
from speed.work import Stage

_LAST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Spent:
    """What starts took: `seconds` with loading and tearing down, `generating` of them in the library's `generate`."""

    seconds: float = 0.0
    generating: float = 0.0
    tokens: int = 0
    starts: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.seconds + other.seconds,
            self.generating + other.generating,
            self.tokens + other.tokens,
            self.starts + other.starts,
        )


def start_each(stages: Iterable[Stage], pool: Pool, runtime: str, *, read_once: bool = False) -> Spent:
    """For each stage load its expert, generate all its calls, tear it down; one after the other.

    With `read_once` a prompt that several samples are wanted of is read once for all of them, where it would not be.
    """
    return sum((_start(stage, pool, runtime, read_once) for stage in stages), Spent())


def _start(stage: Stage, pool: Pool, runtime: str, read_once: bool) -> Spent:
    name, generations = stage
    expert = pool.expert(name)
    asked = {
        "library": run_by(expert, runtime),
        "path": str(prepared(expert, runtime)),
        "expert": expert.model_dump(mode="json"),
        "generations": [asdict(generation) for generation in generations],
        "read_once": read_once,
    }
    done = subprocess.run(
        own_process.command("speed.bare_main"),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        env=own_process.environment(),
    )
    ended = time.monotonic()
    if done.returncode:
        raise UserError(f"{expert.title} failed by itself: {done.stderr[-_LAST_WORDS:]}")
    at = json.loads(done.stdout)
    # Left out, in favour of these ways: starting Python, importing the library (one process would do that once),
    # and between loading and generating a warm-up, which the engine's loading has too, and writing out the prompts.
    seconds = (at["loaded"] - at["imported"]) + (ended - at["prompted"])
    return Spent(seconds, at["generated"] - at["prompted"], at["tokens"], 1)
