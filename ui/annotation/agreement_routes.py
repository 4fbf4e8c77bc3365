"""How far a queue's annotators agree, as the page's JavaScript asks for it."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from storage.agreement import agreement, disputes
from storage.annotations.annotations import Annotations
from storage.annotations.item_context import ItemContext
from storage.annotations.matching import CRITICAL_STEPS
from ui.accounts.person import Person, require

Owner = Annotated[Person, Depends(require("owner"))]


def agreement_routes(annotations: Annotations) -> APIRouter:
    """Routes under `/annotation/queues`. An unknown queue is answered 404 with a sentence."""
    router = APIRouter(prefix="/annotation/queues")

    @router.get("/{queue}/agreement")
    def figures(queue: str) -> dict[str, Any]:
        """The figures, as `storage.agreement.figures` has them; what is not defined is null, with the reason."""
        labels = annotations.queue(queue).schema.labels
        return asdict(agreement(annotations.of_queue(queue), labels))

    @router.get("/{queue}/disputed")
    def disputed(
        queue: str, _who: Owner, limit: Annotated[int, Query(ge=1, le=500)] = 20
    ) -> dict[str, list[dict[str, Any]]]:
        """The items that are disputed most, with who said what and whether it was decided; the owner's alone to see.

        `label` says in words what is disputed. Where the queue does not tell who wrote what, it numbers
        experts, and run, call and critic are null.
        """
        hidden = dict.fromkeys(("run", "call", "critic")) if annotations.queue(queue).anonymous else {}
        decided = {decision.item for decision in annotations.decisions(queue)}
        return {
            "items": [
                {
                    **asdict(dispute),
                    **hidden,
                    "label": _label(annotations.context(dispute.item)),
                    "decided": dispute.item in decided,
                }
                for dispute in disputes(annotations.of_queue(queue))[:limit]
                if dispute.item is not None
            ]
        }

    return router


def _label(context: ItemContext) -> str:
    """Who criticised whom; of what is no criticism, who wrote it in which step."""
    written, about = context.critique, context.target
    if written.step not in CRITICAL_STEPS or about is None:
        return f"{written.title}: {written.step}"
    return f"{written.title} on {about.title or 'the draft'}"
