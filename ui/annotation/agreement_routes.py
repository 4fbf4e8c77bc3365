"""How far a queue's annotators agree, as the page's JavaScript asks for it."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from storage.agreement import agreement, disputes
from storage.annotations.annotations import Annotations
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

        Where the queue does not tell who wrote what, run, call and critic are null.
        """
        hidden = dict.fromkeys(("run", "call", "critic")) if annotations.queue(queue).anonymous else {}
        decided = {decision.item for decision in annotations.decisions(queue)}
        return {
            "items": [
                {**asdict(dispute), **hidden, "decided": dispute.item in decided}
                for dispute in disputes(annotations.of_queue(queue))[:limit]
            ]
        }

    return router
