"""Queues of items to annotate, as the page's JavaScript asks for them."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from storage.annotations.annotations import Annotations
from ui.accounts.person import Person, person, require
from ui.annotation.incoming import NewFilters, NewQueue
from ui.annotation.shown_item import asdict_queue, shown_item

Reader = Annotated[Person, Depends(person)]
Annotator = Annotated[Person, Depends(require("annotator"))]
Owner = Annotated[Person, Depends(require("owner"))]


def queue_routes(annotations: Annotations) -> APIRouter:
    """Routes under `/annotation/queues`. What is refused is answered with a sentence, as `ui.refusals` says it."""
    router = APIRouter(prefix="/annotation/queues")

    def told(queue: str, who: Person) -> dict[str, Any]:
        return {
            "queue": asdict_queue(annotations, queue),
            "progress": asdict(annotations.progress(queue, who.name)),
        }

    @router.get("")
    def queues(who: Reader) -> list[dict[str, Any]]:
        """All queues, newest first, each with how far it is: {queue, progress}."""
        return [told(queue.id, who) for queue in annotations.queues()]

    @router.post("")
    def create(new: NewQueue, who: Owner) -> dict[str, Any]:
        """Make a queue of what its filters match now."""
        queue = annotations.create_queue(
            new.title,
            new.filters.filters(),
            schema=new.label_schema,
            per_item=new.per_item,
            annotators=new.annotators,
            blind=new.blind,
            anonymous=new.anonymous,
            created_by=who.name,
        )
        return told(queue.id, who)

    @router.get("/schemas")
    def schemas() -> dict[str, Any]:
        """The label schemas a queue can be made with, the default one first, and what is wrong with files of others."""
        known = [schema.model_dump() for schema in annotations.schemas()]
        return {"schemas": known, "problems": annotations.schema_problems()}

    @router.post("/count")
    def count(filters: NewFilters, _who: Reader) -> dict[str, int]:
        """How many calls the filters match."""
        return {"matching": annotations.matching(filters.filters())}

    @router.get("/{queue}")
    def one(queue: str, who: Reader) -> dict[str, Any]:
        """A queue, and how far it is."""
        return told(queue, who)

    @router.post("/{queue}/refresh")
    def refresh(queue: str, _who: Owner) -> dict[str, int]:
        """Take in what the filters match by now; how many items came."""
        return {"added": annotations.refresh(queue)}

    @router.post("/{queue}/close")
    def close(queue: str, who: Owner) -> dict[str, Any]:
        """Hand nothing out any more; what was begun can still be finished."""
        annotations.close_queue(queue)
        return told(queue, who)

    @router.post("/{queue}/open")
    def reopen(queue: str, who: Owner) -> dict[str, Any]:
        """Hand items out again."""
        annotations.open_queue(queue)
        return told(queue, who)

    @router.post("/{queue}/delete")
    def delete(queue: str, _who: Owner) -> dict[str, bool]:
        """Delete the queue with all that was said in it."""
        annotations.delete_queue(queue)
        return {"deleted": True}

    @router.post("/{queue}/next")
    def following(queue: str, who: Annotator) -> dict[str, Any] | None:
        """The next item for this person, in hand for a while; null where there is none."""
        item = annotations.next(queue, who.name)
        begun = annotations.own(item.id, who.name) if item else None
        return shown_item(annotations, item.id, who.name, begun) if item and begun else None

    return router
