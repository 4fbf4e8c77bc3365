"""Comparison of mathematical expressions in a process of its own, which is killed when it takes too long."""

import json
import os
import subprocess
import sys
from multiprocessing.connection import wait
from pathlib import Path
from typing import IO, cast

_SCRIPT = Path(__file__).with_name("verifier_main.py")
_SECONDS_TO_START = 60.0
_READY = b"ready\n"
_HARMLESS = "0"


class Verifier:
    """Says whether two expressions in LaTeX are mathematically equal. For one thread only, `stop` excepted.

    The process starts with the first comparison and ends with the app, however that ends; also with the
    thread that started it. An expression that cannot be compared within `seconds`, or that crashes the
    process, equals no other, and is not tried again.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._endless: set[str] = set()
        self._stopped = False

    def equal(self, first: str, second: str) -> bool:
        """Whether the two are equal. Raises RuntimeError if the process does not start, or is stopped."""
        if first in self._endless or second in self._endless:
            return False
        equal = self._compare(first, second)
        if equal is None:
            self._endless.update(text for text in (first, second) if self._compare(text, _HARMLESS) is None)
        return bool(equal)

    def stop(self) -> None:
        """Interrupt a comparison that another thread waits for, and allow no more."""
        self._stopped = True
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End the process, and wait until it is gone."""
        process, self._process = self._process, None
        if process:
            process.kill()
            with process:  # closes the pipes and waits
                pass

    def _compare(self, first: str, second: str) -> bool | None:
        """None where the process gave no answer in time, or died."""
        process = self._started()
        try:
            cast(IO[bytes], process.stdin).write(json.dumps([first, second]).encode() + b"\n")
            reply = self._read(process, self._seconds)
        except BrokenPipeError:
            reply = b""
        if self._stopped:
            raise RuntimeError("the comparison of answers was stopped")
        if not reply:
            self.close()
            return None
        return bool(json.loads(reply))

    def _started(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise RuntimeError("the comparison of answers was stopped")
        if self._process is None:
            # -P: the script's folder is no place to import from. Own group: Ctrl-C is for the app to handle.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-W", "ignore", str(_SCRIPT), str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                process_group=0,
            )
            if self._read(self._process, _SECONDS_TO_START) != _READY:
                self.close()
                raise RuntimeError("the process that compares answers did not start; stderr says why")
        return self._process

    @staticmethod
    def _read(process: subprocess.Popen[bytes], seconds: float) -> bytes:
        """A line; empty when none comes in time or the process ended."""
        stdout = cast(IO[bytes], process.stdout)
        return stdout.readline() if wait([stdout.fileno()], seconds) else b""
