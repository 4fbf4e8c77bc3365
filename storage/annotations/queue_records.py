"""What is kept of queues: plain values."""

from dataclasses import dataclass
from typing import Literal

from storage.annotations.label_schema import LabelSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """Which calls a queue takes: of `step`, and as the others say where they are not empty.

    `text` is searched as in Traces; `expert` wrote the call; `batch` is a batch's id. `answers`: the answer that a
    critique or review is about, or that any other call gives, is right or wrong. `verdict` is what the critique says
    of it: right or wrong. `runs` are ids.
    """

    step: str = "critique"
    text: str = ""
    protocol: str = ""
    expert: str = ""
    batch: str = ""
    answers: Literal["", "right", "wrong"] = ""
    verdict: Literal["", "right", "wrong"] = ""
    runs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A saved filter whose calls are to be judged, each by `per_item` people of `annotators` (empty: by anyone).

    In a `blind` one nobody sees what others said, in an `anonymous` one nobody sees who wrote what. `schema` is as
    it was when the queue was made. `items` counts those of runs that are kept. Nothing is handed out once it is closed.
    """

    id: str
    title: str
    filters: QueueFilters
    schema: LabelSchema
    per_item: int
    annotators: tuple[str, ...]
    blind: bool
    anonymous: bool
    created_by: str
    created_at: float
    closed_at: float | None
    items: int


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A call to judge; `ordinal` counts from 0 in the order items came into the queue."""

    id: int
    queue: str
    ordinal: int
    run: str
    call: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a queue is: `done` of its `items` have all the annotations they want.

    An annotator did `mine` and skipped `skipped`. `annotations_wanted` is for all items together, of which people
    have done `annotations_done`.
    """

    done: int
    skipped: int
    mine: int
    items: int
    annotations_wanted: int
    annotations_done: int
