"""What is read of batches: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict


class Usage(TypedDict):
    """Where the wall clock's seconds of a batch went, added up over its sittings; `loads` counts an expert's loadings.

    `generating` while any expert wrote, `loading` while one was loaded and none wrote, `idle` otherwise: they make up
    `seconds`.
    """

    seconds: float
    loading: float
    generating: float
    idle: float
    loads: dict[str, int]


@dataclass(frozen=True, slots=True)
class Interval:
    """Right answers `of` judged ones, and the 95% interval of their share by Wilson's method."""

    right: int
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRecord:
    """A batch as it was begun. `status` is running, done, or interrupted where nobody runs it any more.

    Times in Unix seconds; `questions` is how many it has in all; `title` is the name of their file.
    """

    id: str
    key: str
    created_at: float
    title: str
    protocol: str
    settings: Mapping[str, Any]
    pool: str
    runtime: str
    seed: int
    questions: int
    finished_at: float | None
    status: str
    usage: Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What came of the questions that are done: `wrong` ones were judged so, `failed` ones broke off on the way.

    `accuracy` counts all whose right answer is known, failed ones as not right; None where there are none.
    `calls` and `tokens` (of prompts and answers) are means over the questions done, `seconds` (of the wall clock) over
    all questions: None until the batch is done.
    """

    done: int
    wrong: int
    failed: int
    accuracy: Interval | None
    calls: float | None
    tokens: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """A batch as a list shows it."""

    batch: BatchRecord
    figures: Figures


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of a batch of one category or source, None for those without; `wrong` and `accuracy` as above."""

    name: str | None
    wrong: int
    accuracy: Interval


@dataclass(frozen=True, slots=True)
class ExpertPart:
    """An expert's part in a batch: `accuracy` of what it answered on its own, in step `reason`, and its loadings.

    `place` is its index in the pool, -1 where it is not there. `accuracy` counts replies whose answer could not be read
    as wrong; None where none was judged.
    """

    name: str
    title: str
    place: int
    accuracy: Interval | None
    loads: int


@dataclass(frozen=True, slots=True)
class Peer:
    """Another batch that has questions in common: `shared` of them; `same` where that is all the smaller one has.

    Questions are the same where their ids, their contents and their right answers are.
    """

    batch: BatchRecord
    figures: Figures
    shared: int
    same: bool


@dataclass(frozen=True, slots=True)
class BatchResults:
    """Everything that is told of a batch. `experts` are those that answered or were loaded, in the pool's order.

    `unanswered` counts the judged questions that were gone through without an answer that could be read.
    """

    batch: BatchRecord
    figures: Figures
    unanswered: int
    categories: tuple[Part, ...]
    sources: tuple[Part, ...]
    experts: tuple[ExpertPart, ...]
    peers: tuple[Peer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question that two batches are done with: its text, shortened, and each batch's run and answer."""

    question_id: str
    question: str
    category: str | None
    run: str
    answer: str | None
    other_run: str
    other_answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchComparison:
    """Two batches over the `shared` questions, same as in `Peer`, that both are done with and whose answer is known.

    Each is in one of four lists: `both` are right, only one is, or `neither`. `p` is that of McNemar's exact test;
    `difference` is the other's accuracy minus this one's.
    """

    batch: BatchRecord
    other: BatchRecord
    shared: int
    both: tuple[Pair, ...]
    only_this: tuple[Pair, ...]
    only_other: tuple[Pair, ...]
    neither: tuple[Pair, ...]
    difference: float | None
    p: float
