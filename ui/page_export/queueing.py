"""What a run's calls were queued for: texts, scores or votes, and in which round of their step."""

from collections import Counter
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Queued:
    """`round` counts from 1 how often the call's step had been entered; `scores` says that the call gives numbers."""

    step: str
    round: int
    scores: bool
    votes: bool

    @property
    def tells(self) -> bool:
        """Whether the call's text is there to be read as a panel or row of its own."""
        return not self.scores and not self.votes


def queued_calls(events: list[dict[str, Any]]) -> dict[str, Queued]:
    """The calls of a run's events, in `to_json`'s form, by name."""
    entered: Counter[str] = Counter()
    calls: dict[str, Queued] = {}
    for event in events:
        match event["kind"]:
            case "run_started":  # a run that goes on enters its steps again
                entered.clear()
            case "step_started":
                entered[event["step"]] += 1
            case "call_queued":
                name, step = event["call"], event["step"]
                scores = event.get("task", "generate") != "generate"
                calls[name] = Queued(step, entered[step], scores, name.startswith("rerank/"))
    return calls
