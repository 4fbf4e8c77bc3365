"""What is kept of annotations: plain values."""

from dataclasses import dataclass
from typing import Literal

from storage.annotations.label_schema import LabelSchema

Kind = Literal["human", "model"]
Status = Literal["draft", "done", "skipped"]
Verdict = Literal["helpful", "harmless", "harmful"]


@dataclass(frozen=True, slots=True)
class NewSpan:
    """A part of a text that an annotator marks: code points `start` to `end` (excluded) of the text of a call.

    `call` is a call's name or the role of one in the item's context: critique, target or refined.
    """

    call: str
    start: int
    end: int
    label: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a recorded text as it was marked: code points `start` to `end` (excluded) of the text of `call`.

    `quote` is what stood there; `text_hash` is the SHA-256, in hexadecimal digits, of the whole text in UTF-8.
    """

    call: str
    start: int
    end: int
    label: str
    comment: str
    quote: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an annotator hands in. `followed`: whether the refinement did what the critique asks; None: not said."""

    verdict: Verdict | None = None
    followed: bool | None = None
    comment: str = ""
    spans: tuple[NewSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What one annotator makes of one call. `critic` wrote it, about the call `target`.

    `queue` and `item` are None where it was made outside a queue. `model` is the judge's where `kind` is model.
    `revision` counts its changes from 0. It is `stale` when a text it is about is not the recorded one any more.
    Times in Unix seconds.
    """

    id: int
    queue: str | None
    item: int | None
    run: str
    call: str
    critic: str
    target: str | None
    annotator: str
    kind: Kind
    model: str | None
    status: Status
    verdict: Verdict | None
    followed: bool | None
    comment: str
    spans: tuple[Span, ...]
    created_at: float
    updated_at: float
    revision: int
    stale: bool


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


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about an item by whoever settled what annotators disagree on; `at` is in Unix seconds."""

    item: int
    by: str
    verdict: Verdict | None
    followed: bool | None
    comment: str
    spans: tuple[Span, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A recorded text that an item shows: who wrote it, what it answers, and whether that is right.

    `role` says what it is in the item. `place` is the expert's in its run's pool, -1 where it is not there. `call`
    is None for a draft that came with the question. Where experts are not to be known, `call` is the role, `expert`
    and `title` are "Expert 1" and so on, and `place` counts them from 0.
    """

    role: Literal["critique", "target", "refined"]
    call: str | None
    expert: str
    title: str
    place: int
    step: str
    text: str
    answer: str | None
    correct: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContext:
    """All that is needed to judge a call: `critique` is the call itself, whatever its step.

    `target` is what it is about, `refined` the refinement that followed, None where there is none; `shown` says
    whether the refiner had the critique before it. `verdict` is what the critique says of the answer: right or wrong.
    """

    item: int | None
    queue: str | None
    run: str
    question: str
    choices: tuple[str, ...]
    document: str
    gold: str | None
    critique: Passage
    target: Passage | None
    refined: Passage | None
    shown: bool
    verdict: str | None
    anonymous: bool
