"""Pages of runs, newest first: filtered, searched and quick however many runs there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select
from sqlalchemy.sql.elements import ColumnElement

from storage.records import RunPage, RunSummary
from storage.schema import Recruit, Run
from storage.search import full_text, matches, searched, snippets
from storage.snippet import Part

SILENT_SECONDS = 5.0
LISTED_CHARACTERS = 400


def present_status(status: str, heartbeat_at: float, now: float) -> str:
    """The status of a run at `now`: interrupted when it should be running and nobody says that it is."""
    return "interrupted" if status == "running" and heartbeat_at < now - SILENT_SECONDS else status


def list_runs(
    connection: Connection,
    text: str,
    filters: Mapping[str, str | None],
    before: str | None,
    limit: int,
    now: float,
) -> RunPage:
    """What `Traces.page` gives; `filters` by the names status, protocol, pool and expert."""
    text = searched(text)
    searching = bool(text.strip())
    statement = select(
        Run.number,
        Run.id,
        Run.created_at,
        func.substr(Run.question, 1, LISTED_CHARACTERS).label("question"),
        Run.protocol,
        Run.pool,
        Run.runtime,
        Run.status,
        Run.heartbeat_at,
        func.substr(Run.answer, 1, LISTED_CHARACTERS).label("answer"),
        Run.correct,
        Run.tokens,
        Run.seconds,
    )
    newest: ColumnElement[int] = Run.__table__.c.number
    if searching:
        newest = full_text.c.rowid
        statement = statement.join(full_text, full_text.c.rowid == Run.number).where(matches(text))
    elif filters["expert"]:
        newest = Recruit.__table__.c.run
    if before is not None:
        statement = statement.where(newest < int(before))
    statement = _filtered(statement, filters, now).order_by(newest.desc()).limit(limit + 1)
    rows = connection.execute(statement).all()
    more = len(rows) > limit
    rows = rows[:limit]
    experts = recruited(connection, [row.number for row in rows])
    found = snippets(connection, [row.number for row in rows], text) if searching else {}
    runs = [_summary(row, experts.get(row.number, ()), found.get(row.number, ()), now) for row in rows]
    return RunPage(tuple(runs), str(rows[-1].number) if more else None)


def recruited(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names of the experts recruited for each of these runs, in order."""
    statement = select(Recruit.run, Recruit.expert).where(Recruit.run.in_(numbers)).order_by(Recruit.ordinal)
    names: dict[int, tuple[str, ...]] = {}
    for run, expert in connection.execute(statement):
        names[run] = (*names.get(run, ()), expert)
    return names


def _filtered(statement: Select[Any], filters: Mapping[str, str | None], now: float) -> Select[Any]:
    if filters["protocol"]:
        statement = statement.where(Run.protocol == filters["protocol"])
    if filters["pool"]:
        statement = statement.where(Run.pool == filters["pool"])
    if filters["expert"]:
        statement = statement.join(Recruit, Recruit.run == Run.number)
        statement = statement.where(Recruit.expert == filters["expert"])
    match filters["status"]:
        case "running":
            statement = statement.where(
                and_(Run.status == "running", Run.heartbeat_at >= now - SILENT_SECONDS)
            )
        case "interrupted":
            statement = statement.where(
                and_(Run.status == "running", Run.heartbeat_at < now - SILENT_SECONDS)
            )
        case str(status) if status:
            statement = statement.where(Run.status == status)
    return statement


def _summary(row: Any, experts: tuple[str, ...], snippet: tuple[Part, ...], now: float) -> RunSummary:
    return RunSummary(
        id=row.id,
        created_at=row.created_at,
        question=row.question,
        protocol=row.protocol,
        pool=row.pool,
        runtime=row.runtime,
        experts=experts,
        status=present_status(row.status, row.heartbeat_at, now),
        answer=row.answer,
        correct=row.correct,
        tokens=row.tokens,
        seconds=row.seconds,
        snippet=snippet,
    )
