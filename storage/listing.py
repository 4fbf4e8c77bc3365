"""Pages of runs, newest first: filtered, searched and quick however many runs there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from storage.annotations.tables import AnnotationRow
from storage.filters import Filters, given, listed, present_status
from storage.records import Recruited, RunPage, RunSummary
from storage.schema import Batch, Note, Recruit, Run, Tag
from storage.search import full_text, matches, searched, snippets
from storage.snippet import Part

LISTED_CHARACTERS = 400


def list_runs(
    connection: Connection, text: str, filters: Filters, before: str | None, limit: int, now: float
) -> RunPage:
    """What `Traces.page` gives."""
    text = searched(text)
    searching = bool(text.strip())
    statement = listed(filters, now)
    newest: ColumnElement[int] = Run.__table__.c.number
    if searching:
        newest = full_text.c.rowid
        # The sum keeps SQLite from searching anew for every run that is as the filters say.
        among = [(newest + 0).in_(statement)] if given(filters) else []
        statement = select(newest).where(matches(text), *among)
    if before is not None:
        statement = statement.where(newest < int(before))
    numbers = connection.scalars(statement.order_by(newest.desc()).limit(limit + 1)).all()
    more = len(numbers) > limit
    numbers = numbers[:limit]
    found = snippets(connection, numbers, text) if searching else {}
    return RunPage(_summaries(connection, numbers, found, now), str(numbers[-1]) if more else None)


def recruited(
    connection: Connection, pools: Mapping[int, Sequence[dict[str, Any]]]
) -> dict[int, tuple[Recruited, ...]]:
    """Who was recruited for each run, in order. `pools` has each run's `pool_experts`."""
    statement = select(Recruit.run, Recruit.expert).where(Recruit.run.in_(pools)).order_by(Recruit.ordinal)
    found: dict[int, tuple[Recruited, ...]] = dict.fromkeys(pools, ())
    for run, name in connection.execute(statement):
        places = (place for place, expert in enumerate(pools[run]) if expert["name"] == name)
        place = next(places, -1)
        title = name if place < 0 else pools[run][place].get("title", name)
        found[run] += (Recruited(name, title, place),)
    return found


def tagged(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of each of these runs, in the order of the alphabet."""
    found: dict[int, tuple[str, ...]] = dict.fromkeys(numbers, ())
    statement = select(Tag.run, Tag.tag).where(Tag.run.in_(numbers)).order_by(Tag.tag)
    for run, tag in connection.execute(statement):
        found[run] += (tag,)
    return found


def annotated() -> ColumnElement[int]:
    """How many annotations of a run's calls are done."""
    done = select(func.count()).where(AnnotationRow.run == Run.number, AnnotationRow.status == "done")
    return done.correlate(Run).scalar_subquery()


def _summaries(
    connection: Connection, numbers: Sequence[int], found: Mapping[int, tuple[Part, ...]], now: float
) -> tuple[RunSummary, ...]:
    statement = select(
        Run.number,
        Run.id,
        Run.created_at,
        func.substr(Run.question, 1, LISTED_CHARACTERS).label("question"),
        Run.protocol,
        Run.pool,
        Run.pool_experts,
        Run.runtime,
        Run.status,
        Run.heartbeat_at,
        func.substr(Run.answer, 1, LISTED_CHARACTERS).label("answer"),
        Run.correct,
        Run.gold.is_not(None).label("gold_known"),
        Run.tokens,
        Run.seconds,
        func.substr(Note.text, 1, LISTED_CHARACTERS).label("note"),
        Batch.id.label("batch"),
        annotated().label("annotations"),
    )
    statement = statement.outerjoin(Note, Note.run == Run.number).outerjoin(Batch, Batch.number == Run.batch)
    rows = connection.execute(statement.where(Run.number.in_(numbers)).order_by(Run.number.desc())).all()
    experts = recruited(connection, {row.number: row.pool_experts for row in rows})
    tags = tagged(connection, numbers)
    return tuple(
        RunSummary(
            id=row.id,
            created_at=row.created_at,
            question=row.question,
            protocol=row.protocol,
            pool=row.pool,
            runtime=row.runtime,
            experts=experts[row.number],
            status=present_status(row.status, row.heartbeat_at, now),
            answer=row.answer,
            correct=row.correct,
            gold_known=row.gold_known,
            tokens=row.tokens,
            seconds=row.seconds,
            tags=tags[row.number],
            note=row.note or "",
            batch=row.batch,
            annotations=row.annotations,
            snippet=found.get(row.number, ()),
        )
        for row in rows
    )
