"""An item of a queue as the page gets it: its texts, what the annotator has said of it, and how far the queue is."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from storage.annotations.annotations import Annotations
from storage.annotations.context import masked
from storage.annotations.item_context import ItemContext
from storage.annotations.records import Annotation
from ui.changes import changes


def shown_item(annotations: Annotations, item: int, annotator: str, own: Annotation) -> dict[str, Any]:
    """The item as `annotator` sees it, who made `own` of it.

    `others` are what others said, empty in a blind queue; `history` the items that the annotator had in hand, latest
    first; `now` the server's clock in Unix seconds.
    """
    found = annotations.item(item)
    context = annotations.context(item)
    known = annotations.of_item(item, seen_by=annotator)
    others = [one for one in known if (one.annotator, one.kind) != (annotator, "human")]
    return {
        "item": {"id": found.id, "ordinal": found.ordinal},
        "queue": asdict_queue(annotations, found.queue),
        "progress": asdict(annotations.progress(found.queue, annotator)),
        "context": asdict(context) | ({"run": None} if context.anonymous else {}),
        "annotation": said(own, context),
        "others": told(others, context),
        "history": annotations.history(found.queue, annotator),
        "annotator": annotator,
        "now": time.time(),
    }


def asdict_queue(annotations: Annotations, queue: str) -> dict[str, Any]:
    """A queue, its schema as plain JSON too."""
    found = annotations.queue(queue)
    return asdict(found) | {"schema": found.schema.model_dump()}


def said(annotation: Annotation, context: ItemContext) -> dict[str, Any]:
    """An annotation as JSON, without names that the queue hides; nor has it the run then, where they could be seen."""
    return asdict(masked(annotation, context)) | ({"run": None} if context.anonymous else {})


def told(judged: Sequence[Annotation], context: ItemContext) -> list[dict[str, Any]]:
    """Annotations as JSON, each as `said` has it."""
    return [said(one, context) for one in judged]


def refinement(context: ItemContext) -> list[dict[str, str]]:
    """What changed from the criticised text to the one refined after it; empty where one of them is missing."""
    if not context.target or not context.refined:
        return []
    return [asdict(change) for change in changes(context.target.text, context.refined.text)]
