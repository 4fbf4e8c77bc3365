"""Where a run was asked anew, or went on, among its events."""

from typing import Any


def last_attempt(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events from where the run was asked anew after it had failed last; its calls from before are not its own.

    A run that was interrupted and went on is one attempt.
    """
    failed, begun = False, 0
    for place, event in enumerate(events):
        match event["kind"]:
            case "run_finished":
                failed = event["outcome"] == "failed"
            case "run_started" if failed:
                failed, begun = False, place
    return events[begun:]


def last_begun(events: list[dict[str, Any]]) -> int:
    """The place of the last RunStarted, after which all but calls is told again; 0 where there is none."""
    return max((place for place, event in enumerate(events) if event["kind"] == "run_started"), default=0)
