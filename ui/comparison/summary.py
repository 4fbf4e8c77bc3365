"""The heads of the columns as a table: what was answered, by whose agreement, and at what cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ui.comparison.column import Column
from ui.page_export.wording import count, row, seconds, signed

_NONE = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Value:
    """What a column has in a line; `correct` where it is an answer that is known to be right or wrong."""

    text: str
    correct: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table, with a value for each column."""

    label: str
    values: tuple[Value, ...]


def summary(columns: tuple[Column, ...]) -> list[Line]:
    """The lines in which any column has something to say."""
    told: dict[str, Callable[[Column], Value]] = {
        "protocol": lambda one: Value(row(one.protocol_title, f"pool {one.trace.run.pool}")),
        "state": lambda one: Value(one.trace.run.status),
        "answer": lambda one: Value(one.answer if one.answer is not None else "no answer", one.correct),
        "agreement": lambda one: Value(_agreement(one)),
        "tokens": lambda one: Value(
            row(count(one.figures.tokens, "token"), f"{one.figures.prompt_tokens:,} read")
        ),
        "seconds": lambda one: Value(seconds(one.figures.seconds)),
        "skills": lambda one: Value(", ".join(_skill(skill) for skill in one.skills) or _NONE),
        "suitability": lambda one: Value(_suitability(one)),
        "rewards": lambda one: Value(_rewards(one)),
        "critiques given": lambda one: Value(_verdicts(one.critiques_given)),
        "critiques received": lambda one: Value(_verdicts(one.critiques_received)),
    }
    if all(one.trace.run.status == "done" for one in columns):
        del told["state"]
    lines = [Line(label, tuple(value(one) for one in columns)) for label, value in told.items()]
    return [line for line in lines if any(value.text != _NONE for value in line.values)]


def _agreement(column: Column) -> str:
    if isinstance(column.agreement, dict):
        return f"{column.agreement['agree']} of {column.agreement['of']} agree"
    return {True: "agrees with the run", False: "differs from the run", None: _NONE}[column.agreement]


def _skill(skill: dict[str, Any]) -> str:
    score = skill["score"]
    return skill["keyword"] if score is None else f"{skill['keyword']} {signed(round(score, 1))}"


def _suitability(column: Column) -> str:
    if column.suitability is None:
        return _NONE
    suitability = f"{column.suitability:.2f}".replace("-", "\N{MINUS SIGN}")
    return row(suitability, f"chance {column.probability:.0%}" if column.probability is not None else "")


def _rewards(column: Column) -> str:
    if not column.rewards:
        return _NONE
    best = max(reward["reward"] for reward in column.rewards)
    return f"best {best:.2f} of {count(len(column.rewards), 'solution')}"


def _verdicts(counted: dict[str, int]) -> str:
    return row(*(f"{number} {verdict}" for verdict, number in counted.items() if number)) or _NONE
