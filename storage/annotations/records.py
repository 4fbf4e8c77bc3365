"""What is kept of annotations and decisions: plain values."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["human", "model"]
Status = Literal["draft", "done", "skipped"]
Verdict = Literal["helpful", "harmless", "harmful"]


@dataclass(frozen=True, slots=True)
class NewSpan:
    """A part of a text that an annotator marks: code points `start` to `end` (excluded) of the text of a call.

    `call` is a call's name or the role of one in the item's context: critique, target or refined. `text_hash` is the
    hash of the text that was marked, as Span has it; empty: that of the recorded one.
    """

    call: str
    start: int
    end: int
    label: str
    comment: str = ""
    text_hash: str = ""


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
