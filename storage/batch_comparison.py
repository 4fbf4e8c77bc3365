"""Two batches over the same questions, paired question by question."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from storage.batch_figures import done_runs
from storage.batch_listing import read_batch
from storage.batch_records import BatchComparison, Disagreement
from storage.listing import LISTED_CHARACTERS
from storage.proportions import mcnemar
from storage.schema import Run


class _Judged(NamedTuple):
    number: int
    right: bool


def compare(connection: Connection, number: int, other: int, now: float) -> BatchComparison:
    """What `Batches.against` gives."""
    mine, others = _judged(connection, number), _judged(connection, other)
    pairs = [(mine[question], others[question]) for question in mine if question in others]
    both = sum(this.right and that.right for this, that in pairs)
    only_this = [(this, that) for this, that in pairs if this.right and not that.right]
    only_other = [(this, that) for this, that in pairs if that.right and not this.right]
    return BatchComparison(
        batch=read_batch(connection, number, now),
        other=read_batch(connection, other, now),
        shared=len(pairs),
        both=both,
        only_this=_told(connection, only_this),
        only_other=_told(connection, only_other),
        neither=len(pairs) - both - len(only_this) - len(only_other),
        difference=(len(only_other) - len(only_this)) / len(pairs) if pairs else None,
        p=mcnemar(len(only_this), len(only_other)),
    )


def _judged(connection: Connection, number: int) -> dict[str, _Judged]:
    """The batch's questions that are done and whose answer is known, by id, in the order they were posed."""
    runs = done_runs(Run.batch == number)
    rows = connection.execute(select(runs).where(runs.c.judged).order_by(runs.c.number))
    return {row.question: _Judged(row.number, bool(row.right)) for row in rows}


def _told(connection: Connection, pairs: list[tuple[_Judged, _Judged]]) -> tuple[Disagreement, ...]:
    question = func.substr(Run.question, 1, LISTED_CHARACTERS).label("question")
    answer = func.substr(Run.answer, 1, LISTED_CHARACTERS).label("answer")
    wanted = select(Run.number, Run.id, Run.question_id, question, Run.category, answer)
    numbers = [judged.number for pair in pairs for judged in pair]
    rows: dict[int, Row[Any]] = {
        row.number: row for row in connection.execute(wanted.where(Run.number.in_(numbers)))
    }
    return tuple(
        Disagreement(
            question_id=rows[this.number].question_id,
            question=rows[this.number].question,
            category=rows[this.number].category,
            run=rows[this.number].id,
            answer=rows[this.number].answer,
            other_run=rows[that.number].id,
            other_answer=rows[that.number].answer,
        )
        for this, that in pairs
    )
