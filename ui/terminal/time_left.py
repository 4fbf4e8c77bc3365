"""How long a batch still takes."""

from collections.abc import Callable, Mapping
from math import ceil

from engine import events


class TimeLeft:
    """An estimate of the seconds until all questions of a sitting have ended, from what their runs have written.

    All questions are in flight at once and end late and in bursts, so the share that has ended says little. A run's
    work is its output tokens, those of earlier sittings too (`recorded`, by run). A run that goes on is taken to need
    as many as those that are done did on average, or one more call of average length where it wrote more than that; the
    pace is that of the whole sitting, loading included.
    """

    def __init__(self, questions: int, recorded: Mapping[str, int], clock: Callable[[], float]) -> None:
        self._open = questions
        self._written = dict(recorded)
        self._done: list[int] = []
        self._tokens = self._calls = 0
        self._clock = clock
        self._began = clock()

    def tell(self, event: events.Event) -> None:
        """Take what happened."""
        match event:
            case events.CallDelta():
                self._tokens += event.tokens
                self._written[event.run] = self._written.get(event.run, 0) + event.tokens
            case events.CallFinished():
                self._calls += 1
            case events.RunFinished():
                self._open -= 1
                written = self._written.pop(event.run, 0)
                if event.outcome == "done":  # the others do not show what a question needs
                    self._done.append(written)

    @property
    def seconds(self) -> float | None:
        """None as long as no question is done: before that nobody knows what one needs."""
        if not self._done or not self._tokens or not self._calls:
            return None
        needed = sum(self._done) / len(self._done)
        call = self._tokens / self._calls
        left = sum(needed - written if needed > written else call for written in self._written.values())
        left += needed * (self._open - len(self._written))
        return (self._clock() - self._began) * left / self._tokens


def roughly(seconds: float) -> str:
    """Seconds in words, as precise as an estimate is."""
    minutes = ceil(seconds / 60)
    if minutes <= 1:
        return "< 1 min left"
    return f"about {minutes} min left" if minutes < 100 else f"about {seconds / 3600:.1f} h left"
