"""What is told of recruiting in a cell: facts in place of a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ui.comparison.column_name import ColumnName
from ui.comparison.trace import Trace
from ui.page_export.wording import row, signed


@dataclass(frozen=True, slots=True)
class Fact:
    """Something with its value, both to be shown as they are."""

    label: str
    value: str


def recruiting_facts(name: ColumnName, trace: Trace) -> tuple[Fact, ...]:
    """Why the column's expert was recruited, or who was for the run and why; empty where nobody was by skill."""
    return tuple(_of_run(trace) if name.expert is None else _of_expert(trace, name.expert))


def _of_run(trace: Trace) -> Iterator[Fact]:
    if trace.run.skills:
        yield Fact("skills", ", ".join(skill["keyword"] for skill in trace.run.skills))
    drawn = trace.recruiting["drawn"] if trace.recruiting else []
    for expert in dict.fromkeys(drawn):
        told = _suited(trace.candidate(expert))
        yield Fact(trace.person(expert).title, row(*told, _drawn(trace, expert)))


def _of_expert(trace: Trace, expert: str) -> Iterator[Fact]:
    candidate = trace.candidate(expert)
    if candidate is None or trace.recruiting is None:
        return
    for skill, score in candidate["by_skill"].items():
        yield Fact(skill, signed(score))
    yield Fact("recruited", row(*_suited(candidate), _drawn(trace, expert)))


def _drawn(trace: Trace, expert: str) -> str:
    times = trace.recruiting["drawn"].count(expert) if trace.recruiting else 0
    return "not drawn" if times == 0 else "drawn" if times == 1 else f"drawn {times} times"


def _suited(candidate: dict[str, Any] | None) -> list[str]:
    if candidate is None:
        return []
    suitability = f"{candidate['suitability']:.2f}".replace("-", "\N{MINUS SIGN}")
    return [f"suitability {suitability}", f"chance {candidate['probability']:.0%}"]
