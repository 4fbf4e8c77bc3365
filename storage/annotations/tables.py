"""The tables of annotations. Times are Unix seconds."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base


class QueueRow(Base):
    """A queue; `filters` and `label_schema` as in `storage.annotations.queue_records.Queue`."""

    __tablename__ = "annotation_queues"
    __table_args__ = (Index("annotation_queues_id", "id", unique=True),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    title: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    label_schema: Mapped[dict[str, Any]] = mapped_column(JSON)
    per_item: Mapped[int]
    annotators: Mapped[list[str]] = mapped_column(JSON)
    blind: Mapped[bool]
    anonymous: Mapped[bool]
    created_by: Mapped[str]
    created_at: Mapped[float]
    closed_at: Mapped[float | None]


class ItemRow(Base):
    """A call in a queue. They are handed out by `position`: first the `ordinal`, later where a skip put it.

    `remaining` people's annotations are still wanted.
    """

    __tablename__ = "annotation_items"
    __table_args__ = (
        Index("annotation_items_call", "queue", "run", "call", unique=True),
        Index("annotation_items_run", "run"),
        # All that the progress of a queue is counted from.
        Index("annotation_items_counted", "queue", "run", "remaining"),
        # What can be handed out, in order.
        Index("annotation_items_waiting", "queue", "position", sqlite_where=text("remaining > 0")),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    queue: Mapped[int] = mapped_column(ForeignKey("annotation_queues.number", ondelete="CASCADE"))
    ordinal: Mapped[int]
    position: Mapped[int]
    run: Mapped[int] = mapped_column(ForeignKey("runs.number", ondelete="CASCADE"))
    call: Mapped[str]
    remaining: Mapped[int]


class AnnotationRow(Base):
    """What an annotator makes of a call, in a queue or outside of any. `spans` are `storage.annotations.records.Span`s.

    `text_hash` is that of the call's text as it was judged. The item of a draft is nobody else's until `held_until`.
    """

    __tablename__ = "annotations"
    __table_args__ = (
        Index("annotations_item", "item", "annotator", "kind", unique=True),
        Index("annotations_by", "queue", "annotator", "kind", "status", "updated_at", "run"),
        Index("annotations_run", "run", "status", "call"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    queue: Mapped[int | None] = mapped_column(ForeignKey("annotation_queues.number", ondelete="CASCADE"))
    item: Mapped[int | None] = mapped_column(ForeignKey("annotation_items.number", ondelete="CASCADE"))
    run: Mapped[int] = mapped_column(ForeignKey("runs.number", ondelete="CASCADE"))
    call: Mapped[str]
    annotator: Mapped[str]
    kind: Mapped[str]
    model: Mapped[str | None]
    status: Mapped[str]
    verdict: Mapped[str | None]
    followed: Mapped[bool | None]
    comment: Mapped[str]
    spans: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    text_hash: Mapped[str]
    revision: Mapped[int]
    held_until: Mapped[float]
    created_at: Mapped[float]
    updated_at: Mapped[float]


class DecisionRow(Base):
    """What was decided about an item; `spans` as in AnnotationRow."""

    __tablename__ = "annotation_decisions"

    item: Mapped[int] = mapped_column(
        ForeignKey("annotation_items.number", ondelete="CASCADE"), primary_key=True
    )
    by: Mapped[str]
    verdict: Mapped[str | None]
    followed: Mapped[bool | None]
    comment: Mapped[str]
    spans: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    at: Mapped[float]
