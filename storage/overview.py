"""What the record holds as a whole: what runs can be filtered by, and how quick experts have been."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.filters import listed
from storage.records import BatchName, ExpertName, Facets, Speed
from storage.schema import Batch, Call, Recruit, Run, Tag

NEWEST_RUNS = 200


def facets(connection: Connection) -> Facets:
    """What `Traces.facets` gives."""
    named = (Run.protocol, Run.pool, Run.source, Run.category)
    kept = connection.execute(select(*named).where(Run.deleted_at.is_(None)).distinct()).all()
    experts = (
        ExpertName(name, _title(connection, name, run))
        for name, run in _newest(connection, Recruit.expert, Recruit.run)
    )
    return Facets(
        protocols=_different(run.protocol for run in kept),
        pools=_different(run.pool for run in kept),
        experts=tuple(sorted(experts, key=lambda expert: expert.title.casefold())),
        tags=tuple(tag for tag, _ in _newest(connection, Tag.tag, Tag.run)),
        batches=_batches(connection),
        sources=_different(run.source for run in kept),
        categories=_different(run.category for run in kept),
    )


def speeds(connection: Connection, runtime: str, now: float) -> dict[str, Speed]:
    """What `Traces.speeds` gives."""
    newest = listed({"runtime": runtime}, now).order_by(Run.number.desc()).limit(NEWEST_RUNS)
    numbers = connection.scalars(newest).all()
    seconds = func.sum(Call.seconds - func.coalesce(Call.seconds_queued, 0.0))
    statement = select(Call.expert, func.sum(Call.tokens).label("tokens"), seconds.label("seconds"))
    wrote = (Call.status == "done", Call.tokens > 0)  # a call that only gives scores has no tokens
    statement = statement.where(Call.run.in_(numbers), *wrote).group_by(Call.expert)
    return {row.expert: Speed(row.tokens, row.seconds) for row in connection.execute(statement)}


def _different(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _batches(connection: Connection) -> tuple[BatchName, ...]:
    """The batches that have a kept run."""
    kept = exists().where(Run.batch == Batch.number, Run.deleted_at.is_(None))
    wanted = select(Batch.id, Batch.title, Batch.protocol, Batch.created_at).where(kept)
    return tuple(BatchName(*row) for row in connection.execute(wanted.order_by(Batch.number.desc())))


def _newest(
    connection: Connection, value: InstrumentedAttribute[str], run: InstrumentedAttribute[int]
) -> list[tuple[str, int]]:
    """The different values in the table, sorted, each with the newest kept run that has it; others are left out.

    Goes from each value to the next in the table's key, (value, run), instead of reading all of it.
    """
    seen = select(func.min(value).label("value")).cte("seen", recursive=True)
    following = select(func.min(value)).where(value > seen.c.value).scalar_subquery()
    seen = seen.union_all(select(following).where(seen.c.value.is_not(None)))
    kept = select(run).join(Run, Run.number == run).where(value == seen.c.value, Run.deleted_at.is_(None))
    newest = kept.order_by(run.desc()).limit(1).scalar_subquery()
    rows = connection.execute(select(seen.c.value, newest).where(seen.c.value.is_not(None)))
    return [(found, number) for found, number in rows if number is not None]


def _title(connection: Connection, name: str, run: int) -> str:
    """What the expert was called in that run."""
    experts = connection.scalar(select(Run.pool_experts).where(Run.number == run)) or []
    return next((expert.get("title", name) for expert in experts if expert["name"] == name), name)
