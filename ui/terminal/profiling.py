"""Draws a profiling's progress, a bar for each phase, and says what its profile lacks."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine.pool import Pool
from engine.profile import Profile
from engine.profiling import Missing, Phase


class ProfilingBars:
    """Use as a context manager; `show` is what `Profiling.build` tells its progress to."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console)
        self._tasks: dict[Phase, TaskID] = {}

    def __enter__(self) -> "ProfilingBars":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, phase: Phase, done: int, of: int) -> None:
        """Move the bar of a phase."""
        if phase not in self._tasks:
            self._tasks[phase] = self._progress.add_task(phase)
        self._progress.update(self._tasks[phase], completed=done, total=of)


def shortcomings(
    profile: Profile, missing: Sequence[Missing], pool: Pool, added: str | None
) -> Iterator[str]:
    """What the profile lacks, a sentence for each expert and kind of thing; `added` is the expert that joined it."""
    for one in missing:
        lacking = "cannot be had" if one.lasting else "missing"
        title = pool.expert(one.expert).title
        yield f"{title}: {one.number} of {one.of} {one.wanted} {lacking}. {one.reason}"
    if profile.tests:
        return
    if added:
        why = "--add makes none, as the others' answers are not at hand: build the profile anew from files"
    else:
        why = "no question was answered rightly by one expert and wrongly by two others"
    yield f"The profile has no aggregator tests ({why}), so the pool's own aggregator stays."
