"""Who aggregated, and why."""

from typing import Any

from ui.page_export.people import People
from ui.page_export.wording import count


def aggregation(chosen: dict[str, Any] | None, people: People) -> str:
    """The event AggregatorChosen in a sentence; empty without it."""
    if chosen is None:
        return ""
    match chosen["how"]:
        case "task":
            why = f"it was right in {chosen['right']} of {count(chosen['of'], 'test')} of aggregating {chosen['task']}"
        case "adaptive":
            why = "it is the expert best suited to this question"
        case _:
            why = "the pool names it"
    return f"{people[chosen['expert']].title} aggregates: {why}."
