"""Reading what an item shows to whoever judges it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from storage.annotations.checking import text_hash
from storage.annotations.item_context import ItemContext, Passage
from storage.annotations.records import Annotation, Decision, Span
from storage.annotations.related import DRAFT, related
from storage.annotations.tables import ItemRow, QueueRow
from storage.errors import UnknownItem, UnknownRun
from storage.schema import Run

Role = Literal["critique", "target", "refined"]


def of_item(connection: Connection, item: int) -> ItemContext:
    """The context of an item. Raises UnknownItem, and UnknownCall while its call is asked anew."""
    wanted = select(ItemRow.run, ItemRow.call, QueueRow.id, QueueRow.anonymous)
    row = connection.execute(
        wanted.join(QueueRow, QueueRow.number == ItemRow.queue).where(ItemRow.number == item)
    ).one_or_none()
    run = row and connection.execute(_run().where(Run.number == row.run)).one_or_none()
    if not (row and run):
        raise UnknownItem(item)
    context = _context(connection, run, row.call)
    context = replace(context, item=item, queue=row.id)
    return _hidden(context) if row.anonymous else context


def of_call(connection: Connection, run_id: str, call: str) -> ItemContext:
    """The context of a call outside any queue. Raises UnknownRun and UnknownCall."""
    run = connection.execute(_run().where(Run.id == run_id)).one_or_none()
    if run is None:
        raise UnknownRun(run_id)
    return _context(connection, run, call)


def masked(annotation: Annotation, context: ItemContext) -> Annotation:
    """The annotation as the context may show it: where experts are not to be known, calls are named by their roles."""
    if not context.anonymous:
        return annotation
    spans = _in_roles(annotation.spans, {annotation.call: "critique", annotation.target or DRAFT: "target"})
    target = "target" if annotation.target is not None else None
    critic = context.critique.expert
    return replace(annotation, call="critique", critic=critic, target=target, spans=spans)


def masked_decision(decision: Decision, named: ItemContext) -> Decision:
    """The decision with calls named by their roles, which `named`, the item's context, tells."""
    passages = (named.critique, named.target)
    roles = {passage.call: passage.role for passage in passages if passage}
    return replace(decision, spans=_in_roles(decision.spans, roles))


def _in_roles(spans: Iterable[Span], roles: Mapping[str, str]) -> tuple[Span, ...]:
    return tuple(replace(span, call=roles.get(span.call, "refined")) for span in spans)


def _run() -> Any:
    columns = Run.number, Run.id, Run.question, Run.choices, Run.document, Run.draft, Run.gold
    return select(*columns, Run.pool_experts).where(Run.deleted_at.is_(None))


def _context(connection: Connection, run: Row[Any], call: str) -> ItemContext:
    calls = related(connection, run.number, call)
    places = {expert["name"]: place for place, expert in enumerate(run.pool_experts)}
    titles = {expert["name"]: expert.get("title", expert["name"]) for expert in run.pool_experts}
    critique = _passage("critique", calls.critique, places, titles)
    target = calls.target and _passage("target", calls.target, places, titles)
    return ItemContext(
        item=None,
        queue=None,
        run=run.id,
        question=run.question,
        choices=tuple(run.choices),
        document=run.document,
        draft=run.draft,
        gold=run.gold,
        critique=critique,
        target=target,
        refined=calls.refined and _passage("refined", calls.refined, places, titles),
        shown=calls.shown,
        verdict=calls.critique.verdict,
        anonymous=False,
    )


def _passage(role: Role, call: Row[Any], places: Mapping[str, int], titles: Mapping[str, str]) -> Passage:
    who = call.expert, titles.get(call.expert, call.expert), places.get(call.expert, -1)
    return Passage(
        role, call.name, *who, call.step, call.text, text_hash(call.text), call.answer, call.correct
    )


def _hidden(context: ItemContext) -> ItemContext:
    """The same without who wrote what: experts are numbered as they come, calls are named by their roles."""
    passages = [one for one in (context.critique, context.target, context.refined) if one]
    numbers: dict[str, int] = {}
    for passage in passages:
        if passage.expert:
            numbers.setdefault(passage.expert, len(numbers))
    hidden: dict[str, Passage] = {}
    for passage in passages:
        place = numbers.get(passage.expert, -1)
        name = f"Expert {place + 1}" if passage.expert else ""
        hidden[passage.role] = replace(passage, call=passage.role, expert=name, title=name, place=place)
    return replace(
        context,
        critique=hidden["critique"],
        target=hidden.get("target"),
        refined=hidden.get("refined"),
        anonymous=True,
    )
