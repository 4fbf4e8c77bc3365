"""An annotation as an entry of `storage.annotation_files`, checked."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from storage.annotations.label_schema import LabelSchema
from storage.annotations.queue_records import QueueFilters
from storage.annotations.queues import MOST_PER_ITEM, TITLE_CHARACTERS
from storage.annotations.records import Judgement, Kind, NewSpan, Verdict
from storage.imports.json_line import Moment

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True)


class SpanLine(_Read):
    """A marked part of a text."""

    call: str
    start: int
    end: int
    label: str
    comment: str = ""
    quote: str
    text_hash: str


class Judged(_Read):
    """What annotations and decisions both say."""

    verdict: Verdict | None = None
    followed: bool | None = None
    comment: str = ""
    spans: tuple[SpanLine, ...] = ()

    @property
    def judgement(self) -> Judgement:
        """The same as an annotator hands it in."""
        spans = (NewSpan(one.call, one.start, one.end, one.label, one.comment) for one in self.spans)
        return Judgement(self.verdict, self.followed, self.comment, tuple(spans))


class DecisionLine(Judged):
    """What was decided about the item."""

    by: Name
    at: Moment


class QueueLine(_Read):
    """The queue it was judged in, with all that it takes to make it anew."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=TITLE_CHARACTERS)]
    filters: QueueFilters
    label_schema: LabelSchema
    per_item: Annotated[int, Field(ge=1, le=MOST_PER_ITEM)]
    annotators: tuple[Name, ...]
    blind: bool
    anonymous: bool
    created_by: Name
    created_at: Moment
    closed_at: Moment | None = None


class AnnotationLine(Judged):
    """What is taken of an entry; the texts of its context stand in the run."""

    format: Literal["disputatio-annotation/1"]
    run: Id
    call: str
    annotator: Name
    kind: Kind
    model: Name | None = None
    created_at: Moment
    updated_at: Moment
    stale: bool = False
    text_hash: str
    queue: QueueLine | None = None
    decision: DecisionLine | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if (self.kind == "model") != bool(self.model):
            raise ValueError("a judgement of kind model, and no other, names its model")
        if self.decision and not self.queue:
            raise ValueError("only about an item of a queue is anything decided")
        return self
