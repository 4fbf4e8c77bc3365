"""Items that annotators disagree on, for whoever decides."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from storage.annotations.annotations import Annotations
from storage.annotations.context import masked_decision
from ui.accounts.person import Person, person, require
from ui.annotation.incoming import Item, NewJudgement
from ui.annotation.shown_item import asdict_queue, told

Owner = Annotated[Person, Depends(require("owner"))]


def decision_routes(annotations: Annotations) -> APIRouter:
    """Routes under `/annotation/items/{item}/decision` and `/annotation/runs/{run}`."""
    router = APIRouter(prefix="/annotation")

    @router.get("/items/{item}/decision")
    def decided(item: Item, _who: Owner) -> dict[str, Any]:
        """The item, what everyone said of it, and what was decided, if anything."""
        found = annotations.item(item)
        context = annotations.context(item)
        decision = annotations.decision(item)
        if decision and context.anonymous:
            decision = masked_decision(decision, annotations.context_of(found.run, found.call))
        return {
            "item": {"id": found.id, "ordinal": found.ordinal},
            "queue": asdict_queue(annotations, found.queue),
            "context": asdict(context),
            "annotations": told(annotations.of_item(item), context),
            "decision": decision and asdict(decision),
        }

    @router.post("/items/{item}/decision")
    def decide(item: Item, said: NewJudgement, who: Owner) -> dict[str, Any]:
        """Decide about the item."""
        return asdict(annotations.decide(item, who.name, said.judgement()))

    @router.get("/runs/{run}")
    def of_run(run: str, who: Annotated[Person, Depends(person)]) -> list[dict[str, Any]]:
        """What was said of the run's calls, as far as this person may see it."""
        seen_by = None if who.role == "owner" else who.name
        return [asdict(annotation) for annotation in annotations.of_run(run, seen_by=seen_by)]

    return router
