"""Which of the kept runs are wanted, told without reading the runs themselves."""

from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Select, and_, exists, false, select, text

from storage.schema import UNANSWERED, Batch, Call, Note, Recruit, Run, Tag

SILENT_SECONDS = 5.0

ENDED = ("done", "failed")
"""The statuses of runs that a batch is done with."""

UNLISTED = ("critique-judge",)
"""Protocols whose runs are listed only where one asks for them: a judge's are as many as the critiques it judges."""


class Filters(TypedDict, total=False):
    """What runs must be like, each where it is given and neither None nor empty. `UNLISTED` protocols have to be given.

    `expert` was recruited. `status` is as in RunSummary, or ended: done or failed. The run was posed at `since` or
    later and before `until`, in Unix seconds. `correct` is right, wrong, or unknown where there is no gold answer or no
    answer yet; or judged: right, wrong or failed, with a gold answer, as a batch's accuracy counts them. A `noted` run
    has a note. `batch` is the id of the batch the run belongs to; `source` and `category` are its question's. `without`
    is source or category where the question has none, or answer where the run is done and none could be read.
    In the run an expert's own answer in step `reason` was right (`right_by`), or wrong or not to be read (`wrong_by`).
    """

    protocol: str | None
    pool: str | None
    runtime: str | None
    expert: str | None
    status: str | None
    since: float | None
    until: float | None
    correct: str | None
    tag: str | None
    noted: bool
    batch: str | None
    source: str | None
    category: str | None
    without: str | None
    right_by: str | None
    wrong_by: str | None


def present_status(status: str, heartbeat_at: float, now: float) -> str:
    """The status of a run at `now`: interrupted when it should be running and nobody says that it is."""
    return "interrupted" if status == "running" and heartbeat_at < now - SILENT_SECONDS else status


def listed(filters: Filters, now: float) -> Select[Any]:
    """The numbers of the kept runs that are as the filters say at `now`.

    Any combination is one pass over an index; only with `judged`, unless a batch is given, it is one over the runs.
    """
    conditions = [condition for condition in _conditions(filters, now) if condition is not None]
    return select(Run.number).where(Run.deleted_at.is_(None), *conditions)


def given(filters: Filters) -> bool:
    """Whether anything is asked of the runs."""
    return any(value not in (None, "", False) for value in filters.values())


def _conditions(filters: Filters, now: float) -> list[ColumnElement[bool] | None]:
    since, until = filters.get("since"), filters.get("until")
    return [
        _protocol(filters.get("protocol")),
        _equal(Run.pool, filters.get("pool")),
        _equal(Run.runtime, filters.get("runtime")),
        _status(filters.get("status"), now),
        _correct(filters.get("correct")),
        None if since is None else Run.created_at >= since,
        None if until is None else Run.created_at < until,
        _tagged(filters.get("tag")),
        Run.number.in_(select(Note.run)) if filters.get("noted") else None,
        _recruited(filters.get("expert")),
        _batched(filters.get("batch")),
        _equal(Run.source, filters.get("source")),
        _equal(Run.category, filters.get("category")),
        _without(filters.get("without")),
        _answered(filters.get("right_by"), right=True),
        _answered(filters.get("wrong_by"), right=False),
    ]


def _protocol(protocol: str | None) -> ColumnElement[bool]:
    return Run.protocol == protocol if protocol else Run.protocol.not_in(UNLISTED)


def _equal(column: Any, value: str | None) -> ColumnElement[bool] | None:
    return column == value if value else None


def _status(status: str | None, now: float) -> ColumnElement[bool] | None:
    match status:
        case None | "":
            return None
        case "running":
            return and_(Run.status == "running", Run.heartbeat_at >= now - SILENT_SECONDS)
        case "interrupted":
            return and_(Run.status == "running", Run.heartbeat_at < now - SILENT_SECONDS)
        case "ended":
            return Run.status.in_(ENDED)
        case _:
            return Run.status == status


def _correct(correct: str | None) -> ColumnElement[bool] | None:
    if not correct:
        return None
    if correct == "judged":
        return and_(Run.gold.is_not(None), Run.status.in_(ENDED))
    return Run.correct.is_({"right": True, "wrong": False}.get(correct))


def _tagged(tag: str | None) -> ColumnElement[bool] | None:
    return Run.number.in_(select(Tag.run).where(Tag.tag == tag)) if tag else None


def _recruited(expert: str | None) -> ColumnElement[bool] | None:
    return Run.number.in_(select(Recruit.run).where(Recruit.expert == expert)) if expert else None


def _batched(batch: str | None) -> ColumnElement[bool] | None:
    return Run.batch == select(Batch.number).where(Batch.id == batch).scalar_subquery() if batch else None


def _without(what: str | None) -> ColumnElement[bool] | None:
    match what:
        case None | "":
            return None
        case "answer":
            return Run.number.in_(select(Run.number).where(text(UNANSWERED)))
        case "source":
            return Run.source.is_(None)
        case "category":
            return Run.category.is_(None)
        case _:
            return false()


def _answered(expert: str | None, *, right: bool) -> ColumnElement[bool] | None:
    if not expert:
        return None
    own = Call.run == Run.number, Call.step == "reason", Call.expert == expert, Call.correct.is_not(None)
    return exists().where(*own, Call.correct.is_(right))
