"""The process that compares mathematical answers with Math-Verify; `verifier.Verifier` starts it as a script.

It gets the id of its parent as its argument, says "ready", and for each line of JSON on stdin (two
expressions in LaTeX) writes a line: true or false. It imports nothing of the engine. The kernel ends it with
its parent: a long computation may hold the interpreter, and no thread could notice that the parent is gone.
"""

import ctypes
import json
import logging
import os
import resource
import signal
import sys
from typing import TextIO

_PR_SET_PDEATHSIG = 1
_MEMORY = 4 * 2**30


def _end_with_parent(parent: int) -> None:
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL):
        raise OSError("cannot tie this process to its parent")
    if os.getppid() != parent:
        sys.exit("the parent ended before this process started")


def _reply(replies: TextIO, line: str) -> None:
    replies.write(f"{line}\n")
    replies.flush()


def main() -> None:
    """Serve comparisons until stdin ends."""
    _end_with_parent(int(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    replies, sys.stdout = sys.stdout, sys.stderr
    # It warns that it runs without a time limit of its own.
    logging.disable(logging.CRITICAL)
    from math_verify import LatexExtractionConfig, parse, verify  # type: ignore[import-untyped]

    # LaTeX only: plain expressions would go through Python's eval.
    latex = [LatexExtractionConfig()]
    _reply(replies, "ready")
    for line in sys.stdin:
        first, second = (
            parse(f"${text}$", latex, fallback_mode="no_fallback", parsing_timeout=None)
            for text in json.loads(line)
        )
        # It is not symmetric: an equation may stand for its right-hand side on one side only.
        same = any(verify(*pair, timeout_seconds=None) for pair in ((first, second), (second, first)))
        _reply(replies, json.dumps(same))


if __name__ == "__main__":
    main()
