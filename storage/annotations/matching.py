"""Which recorded calls a queue takes."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, text
from sqlalchemy.orm import aliased

from storage.annotations.queue_records import QueueFilters
from storage.filters import Filters, listed
from storage.schema import WRITTEN, Call, Run
from storage.search import full_text, matches, searched

CRITICAL_STEPS = ("critique", "review")
"""The steps whose calls say what is wrong with the answer of another call."""

_VOTES = "rerank/%"


def matching(filters: QueueFilters) -> Select[Any]:
    """The calls (`run`, `name`, `queued_seq`) of kept runs that a queue of these filters takes.

    They are done and have a text; votes between candidates are none.
    """
    conditions: list[ColumnElement[bool]] = [
        Call.step == filters.step,
        Call.name.not_like(_VOTES),
        Call.run.in_(_runs(filters)),
    ]
    if filters.expert:
        conditions.append(Call.expert == filters.expert)
    if filters.verdict:
        conditions.append(Call.verdict == filters.verdict)
    if filters.answers:
        conditions.append(_answered(filters.step, right=filters.answers == "right"))
    columns: tuple[Any, ...] = (Call.run, Call.name, Call.queued_seq)
    return select(*columns).where(text(WRITTEN), *conditions)  # in the words by which SQLite knows the index


def _runs(filters: QueueFilters) -> Select[Any]:
    told = Filters(protocol=filters.protocol, batch=filters.batch)
    runs = listed(told, now=0.0)  # nothing is asked that depends on the time
    if filters.runs:
        runs = runs.where(Run.id.in_(filters.runs))
    if words := searched(filters.text).strip():
        runs = runs.where(Run.number.in_(select(full_text.c.rowid).where(matches(words))))
    return runs


def _answered(step: str, *, right: bool) -> ColumnElement[bool]:
    if step not in CRITICAL_STEPS:
        return Call.correct.is_(right)
    criticised = aliased(Call)
    about = criticised.run == Call.run, criticised.name == Call.target
    return exists().where(*about, criticised.correct.is_(right))
