"""What the Annotate page sends, checked."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from storage.annotations.label_schema import DEFAULT_SCHEMA
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement, NewSpan, Verdict

Item = Annotated[int, Path(ge=1, lt=1 << 63)]
"""The id of an item, as far as SQLite can have one."""

Name = Annotated[str, Field(max_length=200)]
Comment = Annotated[str, Field(max_length=20_000)]
RightOrWrong = Literal["", "right", "wrong"]


class _Incoming(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewFilters(_Incoming):
    """Which calls a queue is to take, as in QueueFilters."""

    step: Name = "critique"
    text: Name = ""
    protocol: Name = ""
    expert: Name = ""
    batch: Name = ""
    answers: RightOrWrong = ""
    verdict: RightOrWrong = ""
    runs: tuple[Name, ...] = ()

    def filters(self) -> QueueFilters:
        """As the record takes them."""
        return QueueFilters(**self.model_dump())


class NewQueue(_Incoming):
    """A queue to make, as in Queue."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    filters: NewFilters = NewFilters()
    label_schema: Name = DEFAULT_SCHEMA
    per_item: Annotated[int, Field(ge=1, le=50)] = 1
    annotators: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    blind: bool = True
    anonymous: bool = False


class IncomingSpan(_Incoming):
    """A marked part of a text, in code points; `call` is its name or its role in the item."""

    call: Name
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    label: Name
    comment: Comment = ""
    text_hash: Name = ""


class NewJudgement(_Incoming):
    """What an annotator hands in; `revision` is that of the annotation as the page last got it."""

    verdict: Verdict | None = None
    followed: bool | None = None
    comment: Comment = ""
    spans: Annotated[tuple[IncomingSpan, ...], Field(max_length=2_000)] = ()
    revision: int | None = None

    def judgement(self) -> Judgement:
        """As the record takes it."""
        spans = tuple(NewSpan(**span.model_dump()) for span in self.spans)
        return Judgement(self.verdict, self.followed, self.comment, spans)
