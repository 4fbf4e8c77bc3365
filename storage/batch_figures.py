"""The figures of batches, counted from an index that has all they need."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Subquery, func, select

from storage.batch_records import BatchRecord, Figures
from storage.filters import ENDED
from storage.proportions import interval
from storage.schema import Call, Run


def done_runs(among: ColumnElement[bool]) -> Subquery:
    """The newest kept run of each question of the batches in `among`, where it is done or failed.

    Columns: batch, question, number, failed, right, wrong, judged, category, source, tokens (with the prompts').
    """
    # SQLite gives what stands beside max() from the row that has the maximum.
    newest = (
        select(
            func.max(Run.number).label("number"),
            Run.batch,
            Run.question_id.label("question"),
            Run.status,
            Run.correct,
            Run.gold.is_not(None).label("judged"),
            Run.category,
            Run.source,
            (Run.prompt_tokens + Run.tokens).label("tokens"),
        )
        .where(Run.batch.is_not(None), among, Run.deleted_at.is_(None))
        .group_by(Run.batch, Run.question_id)
        .subquery()
    )
    return (
        select(
            newest.c.batch,
            newest.c.question,
            newest.c.number,
            (newest.c.status == "failed").label("failed"),
            newest.c.correct.is_(True).label("right"),
            newest.c.correct.is_(False).label("wrong"),
            newest.c.judged,
            newest.c.category,
            newest.c.source,
            newest.c.tokens,
        )
        .where(newest.c.status.in_(ENDED))
        .subquery()
    )


def figures(connection: Connection, batches: Mapping[int, BatchRecord]) -> dict[int, Figures]:
    """The figures of each of these batches, by number."""
    runs = done_runs(Run.batch.in_(batches))
    counted = select(
        runs.c.batch,
        func.count().label("done"),
        func.count().filter(runs.c.failed).label("failed"),
        func.count().filter(runs.c.right).label("right"),
        func.count().filter(runs.c.wrong).label("wrong"),
        func.count().filter(runs.c.judged).label("judged"),
        func.sum(runs.c.tokens).label("tokens"),
    ).group_by(runs.c.batch)
    rows = {row.batch: row for row in connection.execute(counted)}
    called = select(runs.c.batch, func.count()).join(Call, Call.run == runs.c.number).group_by(runs.c.batch)
    calls: dict[int, int] = dict(connection.execute(called).all())
    found = dict.fromkeys(batches, _NOTHING)
    for number, row in rows.items():
        batch = batches[number]
        seconds = batch.usage["seconds"]
        found[number] = Figures(
            done=row.done,
            wrong=row.wrong,
            failed=row.failed,
            accuracy=interval(row.right, row.judged),
            calls=calls.get(number, 0) / row.done,
            tokens=row.tokens / row.done,
            # All questions are in flight at once: until the last one is done, the time belongs to no number of them.
            seconds=seconds / batch.questions if seconds and batch.finished_at else None,
        )
    return found


_NOTHING = Figures(done=0, wrong=0, failed=0, accuracy=None, calls=None, tokens=None, seconds=None)
