"""The calls that belong to the judging of one call: what it is about, and the refinement that followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, literal, null, select, text

from engine.answers import visible
from engine.events import CandidateChosen
from storage.annotations.matching import CRITICAL_STEPS
from storage.errors import UnknownCall
from storage.schema import WRITTEN, Call, RecordedEvent, Run

DRAFT = "draft"
"""What a draft that came with the question goes by where calls are named."""

_CRITIQUE, _REFINE = "critique", "refine"
_ANEW = "generate/"
"""Calls that write a candidate anew are named by this and the candidate."""

_COLUMNS: tuple[Any, ...] = (
    *(Call.name, Call.expert, Call.step, Call.target, Call.messages, Call.status, Call.text),
    *(Call.answer, Call.correct, Call.verdict, Call.queued_seq),
)


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of `calls`: the judged one, its target, and the refinement; `shown` as in ItemContext.

    What a critique of a draft is about, which came with the question, is a row `DRAFT` that nobody wrote.
    """

    critique: Row[Any]
    target: Row[Any] | None
    refined: Row[Any] | None
    shown: bool

    def roles(self) -> Iterator[tuple[str, Row[Any]]]:
        """The calls there are, by role."""
        for role in ("critique", "target", "refined"):
            if (call := getattr(self, role)) is not None:
                yield role, call


def related(connection: Connection, run: int, name: str) -> Related:
    """What belongs to call `name` of run `run`. Raises UnknownCall where it is not done or has no text."""
    critique = _call(connection, run, name)
    if critique is None or critique.status != "done" or not critique.text:
        run_id = connection.execute(select(Run.id).where(Run.number == run)).scalar_one()
        raise UnknownCall(run_id, name)
    if critique.target:
        target = _call(connection, run, critique.target)
    else:
        target = _draft(connection, run) if critique.step == _CRITIQUE else None
    refined = _refined(connection, run, critique) if critique.step in CRITICAL_STEPS else None
    said = visible(critique.text)
    shown = (
        bool(said) and refined is not None and any(said in message["content"] for message in refined.messages)
    )
    return Related(critique, target, refined, shown)


def _call(connection: Connection, run: int, name: str) -> Row[Any] | None:
    found = select(*_COLUMNS).where(Call.run == run, Call.name == name)
    return connection.execute(found).one_or_none()


def _draft(connection: Connection, run: int) -> Row[Any] | None:
    own = {"name": literal(DRAFT), "expert": literal(""), "step": literal(""), "text": Run.draft}
    columns: list[Any] = [own.get(column.key, null()).label(column.key) for column in _COLUMNS]
    return connection.execute(select(*columns).where(Run.number == run, Run.draft != "")).one_or_none()


def _refined(connection: Connection, run: int, critique: Row[Any]) -> Row[Any] | None:
    """The first refinement of the same answer after the critique; of several candidates the one that was chosen."""
    after = select(Call.name, Call.queued_seq).where(
        text(WRITTEN),
        Call.step == _REFINE,
        Call.run == run,
        Call.queued_seq > critique.queued_seq,
        Call.target.is_not_distinct_from(critique.target),
        Call.name.not_like("rerank/%"),
    )
    first = connection.execute(after.order_by(Call.queued_seq).limit(1)).one_or_none()
    if first is None:
        return None
    told = select(RecordedEvent.data).where(
        RecordedEvent.run == run,
        RecordedEvent.seq > first.queued_seq,
        RecordedEvent.kind == CandidateChosen.kind,
    )
    for choice in connection.scalars(told.order_by(RecordedEvent.seq)):
        if first.name in {candidate.removeprefix(_ANEW) for candidate in choice["candidates"]}:
            return _call(connection, run, choice["chosen"])
    return _call(connection, run, first.name)
