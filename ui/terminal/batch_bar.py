"""Draws a batch's progress."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from engine import events
from ui.terminal.printable import printable
from ui.terminal.time_left import TimeLeft, roughly

RATE_SECONDS = 20
"""Tokens a second are told of this last while."""


@dataclass(slots=True)
class Pace:
    """Tokens that came in each of the last seconds by the clock."""

    clock: Callable[[], float]
    came: dict[int, int] = field(default_factory=dict)

    def add(self, tokens: int) -> float | None:
        """Count tokens; tokens a second, once every second."""
        now = int(self.clock())
        begins = now not in self.came
        self.came[now] = self.came.get(now, 0) + tokens
        if not begins or len(self.came) == 1:
            return None
        self.came = {second: count for second, count in self.came.items() if second >= now - RATE_SECONDS}
        whole = {second: count for second, count in self.came.items() if second < now}
        return sum(whole.values()) / (now - min(whole)) if whole else 0.0


class BatchBar:
    """A bar of the questions that have ended, with calls, tokens a second and the time left; a context manager.

    `done` of `total` questions ended in earlier sittings; `recorded` are the tokens of runs that go on.
    """

    def __init__(
        self,
        console: Console,
        done: int,
        total: int,
        recorded: Mapping[str, int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = console
        self._pace = Pace(clock)
        self._time_left = TimeLeft(total - done, recorded, clock)
        self._asked = self._settled = 0
        self._progress = Progress(
            MofNCompleteColumn(),
            TextColumn("questions"),
            BarColumn(bar_width=None),
            TextColumn("{task.description}"),
            TextColumn("{task.fields[pace]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
            console=console,
            get_time=clock,
        )
        self._task = self._progress.add_task("", total=total, completed=done, pace="", left="")

    def __enter__(self) -> "BatchBar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, event: events.Event) -> None:
        """Show what happened."""
        self._time_left.tell(event)
        match event:
            case events.CallDelta():
                self._tell_pace(event.tokens)
            case events.CallQueued():
                self._asked += 1
                self._tell_calls()
            case events.CallFinished() | events.CallFailed():
                self._settled += 1
                self._tell_calls()
                self._tell_pace(0)  # scoring writes nothing, and still takes time
            case events.RunFinished():
                self._progress.advance(self._task)
                self._progress.update(self._task, left=self._left())
                if event.outcome == "failed":
                    told = printable(f"{event.run}: {event.error}")
                    self._console.print(told, markup=False, highlight=False)

    def _tell_pace(self, tokens: int) -> None:
        if (pace := self._pace.add(tokens)) is not None:
            self._progress.update(self._task, pace=f"{pace:,.0f} tokens/s", left=self._left())

    def _tell_calls(self) -> None:
        self._progress.update(self._task, description=f"{self._settled}/{self._asked} calls")

    def _left(self) -> str:
        seconds = self._time_left.seconds
        return "" if seconds is None or self._progress.finished else roughly(seconds)
