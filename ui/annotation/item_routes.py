"""Items in annotators' hands, as the page's JavaScript asks for them."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from storage.annotations.annotations import Annotations
from storage.annotations.records import Annotation
from ui.accounts.person import Person, require
from ui.annotation.incoming import Item, NewJudgement
from ui.annotation.shown_item import refinement, said, shown_item

Annotator = Annotated[Person, Depends(require("annotator"))]


def item_routes(annotations: Annotations) -> APIRouter:
    """Routes under `/annotation/items`. What is refused is answered with a sentence, as `ui.refusals` says it."""
    router = APIRouter(prefix="/annotation/items")

    def told(annotation: Annotation) -> dict[str, Any]:
        context = annotations.context(annotation.item) if annotation.item is not None else None
        return said(annotation, context) if context else asdict(annotation)

    @router.post("/{item}/take")
    def take(item: Item, who: Annotator) -> dict[str, Any]:
        """Open an item; nobody else is handed it for a while."""
        return shown_item(annotations, item, who.name, annotations.take(item, who.name))

    @router.get("/{item}/refinement")
    def refined(item: Item, _who: Annotator) -> list[dict[str, str]]:
        """What changed from the criticised text to the one refined after it, as `ui.changes` says it."""
        return refinement(annotations.context(item))

    @router.post("/{item}/renew")
    def renew(item: Item, who: Annotator) -> dict[str, bool]:
        """Keep the item in hand for a while longer."""
        annotations.renew(item, who.name)
        return {"held": True}

    @router.post("/{item}/draft")
    def draft(item: Item, given: NewJudgement, who: Annotator) -> dict[str, Any]:
        """Keep what was said so far."""
        return told(annotations.draft(item, who.name, given.judgement(), given.revision))

    @router.post("/{item}/done")
    def done(item: Item, given: NewJudgement, who: Annotator) -> dict[str, Any]:
        """Keep what was said, for good."""
        return told(annotations.finish(item, who.name, given.judgement(), given.revision))

    @router.post("/{item}/skip")
    def skip(item: Item, who: Annotator) -> dict[str, Any]:
        """Leave the item to others."""
        return told(annotations.skip(item, who.name))

    @router.post("/{item}/reopen")
    def reopen(item: Item, who: Annotator) -> dict[str, Any]:
        """Take back that the item is done or skipped."""
        return told(annotations.reopen(item, who.name))

    return router
