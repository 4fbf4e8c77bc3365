"""By which weights critics were drawn, where they were drawn by the quality of their critiques."""

from collections.abc import Sequence
from typing import Any

from ui.page_export.people import People
from ui.page_export.told_call import ToldCall
from ui.page_export.wording import row


class ChosenCritics:
    """What the events CriticsChosen among a run's events, in `to_json`'s form, say."""

    def __init__(self, events: list[dict[str, Any]], people: People) -> None:
        self._people = people
        self._weights: dict[str, dict[str, float]] = {
            event["call"]: event["weights"] for event in events if event["kind"] == "critics_chosen"
        }

    def drawn(self, critiques: Sequence[ToldCall]) -> str:
        """By which weights the critics were drawn, heaviest first; empty where they came in turn."""
        weights: dict[str, float] = {}
        for told in critiques:
            weights |= self._weights.get(told.call.target or "", {})
        heaviest = sorted(weights.items(), key=lambda weighed: -weighed[1])
        told_weights = row(*(f"{self._people[expert].title} {weight:.2f}" for expert, weight in heaviest))
        return f"Critics drawn by the quality of their critiques: {told_weights}" if weights else ""
