"""What runs were asked: the same, or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.records import RunRecord


@dataclass(frozen=True, slots=True)
class Posed:
    """A question with its choices, document and text to check, the answer known to be right, and the runs asked it."""

    question: str
    choices: tuple[str, ...]
    document: str
    draft: str
    gold: str | None
    runs: tuple[str, ...]


def posed(runs: Iterable[RunRecord]) -> list[Posed]:
    """The runs by what they were asked, each run once; other choices, document or text to check make another."""
    found: dict[tuple[str, tuple[str, ...], str, str], dict[str, RunRecord]] = {}
    for run in runs:
        found.setdefault((run.question, run.choices, run.document, run.draft), {})[run.id] = run
    return [
        Posed(*asked, next((run.gold for run in some.values() if run.gold is not None), None), tuple(some))
        for asked, some in found.items()
    ]
