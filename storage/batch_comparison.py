"""Two batches over the same questions, paired question by question."""

from typing import Any

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.orm import aliased

from storage.batch_figures import done_runs
from storage.batch_listing import read_batch
from storage.batch_questions import same_question
from storage.batch_records import BatchComparison, Pair
from storage.listing import LISTED_CHARACTERS
from storage.proportions import mcnemar
from storage.schema import Run


def compare(connection: Connection, number: int, other: int, now: float) -> BatchComparison:
    """What `Batches.against` gives."""
    lists: dict[tuple[bool, bool], list[Pair]] = {}
    for row in connection.execute(_paired(number, other)):
        lists.setdefault((row.right, row.other_right), []).append(_pair(row))
    both, only_this, only_other, neither = (
        tuple(lists.get(rights, ()))
        for rights in ((True, True), (True, False), (False, True), (False, False))
    )
    shared = len(both) + len(only_this) + len(only_other) + len(neither)
    return BatchComparison(
        batch=read_batch(connection, number, now),
        other=read_batch(connection, other, now),
        shared=shared,
        both=both,
        only_this=only_this,
        only_other=only_other,
        neither=neither,
        difference=(len(only_other) - len(only_this)) / shared if shared else None,
        p=mcnemar(len(only_this), len(only_other)),
    )


def _paired(number: int, other: int) -> Select[Any]:
    """The judged questions that both are done with, in the order this batch posed them."""
    this, that = done_runs(Run.batch == number), done_runs(Run.batch == other)
    mine, theirs = aliased(Run), aliased(Run)
    return (
        select(
            this.c.right,
            that.c.right.label("other_right"),
            mine.question_id,
            func.substr(mine.question, 1, LISTED_CHARACTERS).label("question"),
            mine.category,
            mine.id.label("run"),
            func.substr(mine.answer, 1, LISTED_CHARACTERS).label("answer"),
            theirs.id.label("other_run"),
            func.substr(theirs.answer, 1, LISTED_CHARACTERS).label("other_answer"),
        )
        .join(that, that.c.question == this.c.question)
        .join(mine, mine.number == this.c.number)
        .join(theirs, theirs.number == that.c.number)
        .where(this.c.judged, that.c.judged, same_question(mine, theirs))
        .order_by(this.c.number)
    )


def _pair(row: Row[Any]) -> Pair:
    return Pair(
        question_id=row.question_id,
        question=row.question,
        category=row.category,
        run=row.run,
        answer=row.answer,
        other_run=row.other_run,
        other_answer=row.other_answer,
    )
