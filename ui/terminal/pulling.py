"""Draws a pull's progress: a bar for each expert."""

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine.weights import Phase


class PullBars:
    """Use as a context manager; `show` is an `engine.weights.Progress`."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console)
        self._tasks: dict[tuple[str, Phase], TaskID] = {}

    def __enter__(self) -> "PullBars":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, expert: str, phase: Phase, done: int, total: int) -> None:
        """Move the bar of an expert's phase; sizes in bytes, a total of 0 is unknown."""
        key = (expert, phase)
        if key not in self._tasks:
            self._tasks[key] = self._progress.add_task(f"{phase} {expert}")
        self._progress.update(self._tasks[key], completed=done, total=total or None)
