"""When runs of two batches are of the same question."""

from sqlalchemy import ColumnElement, and_

from storage.schema import Run


def same_question(one: type[Run], other: type[Run]) -> ColumnElement[bool]:
    """Whether two runs posed the same question and judged it alike: files may give one id to different questions."""
    return and_(
        one.question_id == other.question_id,
        one.question == other.question,
        one.choices == other.choices,
        one.document == other.document,
        one.draft == other.draft,
        one.gold.is_not_distinct_from(other.gold),
    )
