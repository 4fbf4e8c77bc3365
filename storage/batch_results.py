"""What came of one batch: by category, by source, by expert, and which other batches it can be compared with."""

from typing import Any

from sqlalchemy import Connection, Subquery, func, select
from sqlalchemy.orm import aliased

from storage.batch_figures import done_runs, figures
from storage.batch_listing import read_batch, read_batches
from storage.batch_questions import same_question
from storage.batch_records import BatchRecord, BatchResults, ExpertPart, Part, Peer
from storage.proportions import interval
from storage.schema import Batch, Call, Run


def results(connection: Connection, number: int, now: float) -> BatchResults:
    """What `Batches.results` gives."""
    batch = read_batch(connection, number, now)
    runs = done_runs(Run.batch == number)
    unanswered = select(func.count()).select_from(runs).join(Run, Run.number == runs.c.number)
    unanswered = unanswered.where(runs.c.judged, Run.answer.is_(None), Run.status == "done")
    return BatchResults(
        batch=batch,
        figures=figures(connection, {number: batch})[number],
        unanswered=connection.scalar(unanswered) or 0,
        categories=_parts(connection, runs, "category"),
        sources=_parts(connection, runs, "source"),
        experts=_experts(connection, number, batch, runs),
        peers=_peers(connection, number, now),
    )


def _parts(connection: Connection, runs: Subquery, column: str) -> tuple[Part, ...]:
    """The judged questions by category or source, in the order of the alphabet, those without one last."""
    name = runs.c[column]
    right, wrong = (func.count().filter(judgement) for judgement in (runs.c.right, runs.c.wrong))
    counted = select(name, right, wrong, func.count()).where(runs.c.judged).group_by(name)
    rows = connection.execute(counted.order_by(name.is_(None), name))
    return tuple(
        Part(named, wrong, accuracy) for named, right, wrong, of in rows if (accuracy := interval(right, of))
    )


def _experts(
    connection: Connection, number: int, batch: BatchRecord, runs: Subquery
) -> tuple[ExpertPart, ...]:
    right = func.count().filter(Call.correct.is_(True))
    counted = select(Call.expert, right, func.count()).group_by(Call.expert)
    counted = counted.join(runs, runs.c.number == Call.run)
    counted = counted.where(Call.step == "reason", Call.correct.is_not(None))
    accuracies = {expert: interval(right, of) for expert, right, of in connection.execute(counted)}
    newest = select(func.max(Run.number)).where(Run.batch == number).scalar_subquery()
    pool: list[dict[str, Any]] = connection.scalar(select(Run.pool_experts).where(Run.number == newest)) or []
    places = {expert["name"]: place for place, expert in enumerate(pool)}
    loads = batch.usage["loads"]
    known = sorted(accuracies | loads, key=lambda name: (places.get(name, len(pool)), name))
    return tuple(
        ExpertPart(
            name=name,
            title=pool[places[name]].get("title", name) if name in places else name,
            place=places.get(name, -1),
            accuracy=accuracies.get(name),
            loads=loads.get(name, 0),
        )
        for name in known
    )


def _peers(connection: Connection, number: int, now: float) -> tuple[Peer, ...]:
    """The batches that share questions with batch `number`, newest first."""
    own = aliased(Run)
    questions = func.count(Run.question_id.distinct())
    posed = select(Run.batch, questions).where(Run.batch.is_not(None), Run.deleted_at.is_(None))
    posed = posed.group_by(Run.batch)
    all_posed = dict(connection.execute(posed).all())
    sharing = posed.join(own, same_question(own, Run)).where(Run.batch != number)
    sharing = sharing.where(own.batch == number, own.deleted_at.is_(None))
    shared = dict(connection.execute(sharing).all())
    wanted = select(Batch.__table__).where(Batch.number.in_(shared)).order_by(Batch.number.desc())
    batches = read_batches(connection, wanted, now)
    found = figures(connection, batches)
    return tuple(
        Peer(batch, found[other], shared[other], shared[other] == min(all_posed[other], all_posed[number]))
        for other, batch in batches.items()
    )
