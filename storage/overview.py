"""What the record holds as a whole: what runs can be filtered by, and how quick experts have been."""

from sqlalchemy import ColumnElement, Connection, distinct, func, literal_column, select

from storage.filters import listed
from storage.records import ExpertName, Facets, Speed
from storage.schema import Call, Recruit, Run, Tag

NEWEST_RUNS = 200

# In so many words, as the index has it: SQLite does not look into parameters.
_DONE: ColumnElement[str] = literal_column("'done'")


def facets(connection: Connection) -> Facets:
    """What `Traces.facets` gives."""
    deleted = select(Run.number).where(Run.deleted_at.is_not(None))
    pairs = connection.execute(
        select(Run.protocol, Run.pool).where(Run.deleted_at.is_(None)).distinct()
    ).all()
    tags = connection.scalars(select(distinct(Tag.tag)).where(Tag.run.not_in(deleted)))
    newest = select(Recruit.expert, func.max(Recruit.run)).where(Recruit.run.not_in(deleted))
    experts = (
        ExpertName(name, _title(connection, name, run))
        for name, run in connection.execute(newest.group_by(Recruit.expert)).all()
    )
    return Facets(
        protocols=tuple(sorted({protocol for protocol, _ in pairs})),
        pools=tuple(sorted({pool for _, pool in pairs})),
        experts=tuple(sorted(experts, key=lambda expert: expert.title.casefold())),
        tags=tuple(sorted(tags)),
    )


def speeds(connection: Connection, runtime: str, now: float) -> dict[str, Speed]:
    """What `Traces.speeds` gives."""
    newest = listed({"runtime": runtime}, now).order_by(Run.number.desc()).limit(NEWEST_RUNS)
    numbers = connection.scalars(newest).all()
    seconds = func.sum(Call.seconds - func.coalesce(Call.seconds_queued, 0.0))
    statement = select(Call.expert, func.sum(Call.tokens).label("tokens"), seconds.label("seconds"))
    statement = statement.where(Call.run.in_(numbers), Call.status == _DONE).group_by(Call.expert)
    return {row.expert: Speed(row.tokens, row.seconds) for row in connection.execute(statement)}


def _title(connection: Connection, name: str, run: int) -> str:
    """What the expert was called in that run."""
    experts = connection.scalar(select(Run.pool_experts).where(Run.number == run)) or []
    return next((expert.get("title", name) for expert in experts if expert["name"] == name), name)
