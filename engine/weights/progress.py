"""How a pull tells how far it is."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

Phase = Literal["fetching", "checking", "preparing"]

Report = Callable[[int], None]
"""Called with the bytes done so far."""

SECONDS_BETWEEN_LOOKS = 0.25


def after(before: int, report: Report) -> Report:
    """A report for a part of the work, when `before` bytes of the whole were done already."""
    return lambda done: report(before + done)


class Progress(Protocol):
    """Called as a pull goes on, from any thread, with the expert's name and sizes in bytes.

    `total` is 0 where it is unknown, and an estimate while preparing; `done` never exceeds a known total.
    """

    def __call__(self, expert: str, phase: Phase, done: int, total: int) -> None: ...


def silent(expert: str, phase: Phase, done: int, total: int) -> None:
    """A progress that nobody looks at."""


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 where there is none. Files may vanish meanwhile."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    total = 0
    for inside in path.rglob("*"):
        try:
            total += inside.lstat().st_size if not inside.is_dir() else 0
        except FileNotFoundError:
            continue
    return total


@contextmanager
def watching(path: Path, report: Report) -> Iterator[None]:
    """While the block runs, report how large `path` has grown: libraries that write tell us nothing else."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(SECONDS_BETWEEN_LOOKS):
            report(size_of(path))

    thread = threading.Thread(target=look, name=f"watching {path.name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
