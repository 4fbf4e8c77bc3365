"""What is read from the record: runs and calls as plain values."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.question import Kind
from storage.snippet import Part


@dataclass(frozen=True, slots=True)
class Recruited:
    """An expert that was recruited for a run; `place` is its index in the run's own pool, -1 where it is not there."""

    name: str
    title: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A run as a list shows it. `experts` are the recruited ones in order, each once.

    `status` is running, done, stopped, failed, or interrupted where nobody records the run any more.
    `created_at` is in Unix seconds; `seconds` is None until the run has finished. `correct` is None where
    no gold answer is known. `snippet` shows where a search matched. `question`, `answer` and `note` may be
    shortened in a list. `batch` is the id of the batch it belongs to. `annotations` counts those of its calls that
    are done.
    """

    id: str
    created_at: float
    question: str
    protocol: str
    pool: str
    runtime: str
    experts: tuple[Recruited, ...]
    status: str
    answer: str | None
    correct: bool | None
    gold_known: bool
    tokens: int
    seconds: float | None
    tags: tuple[str, ...]
    note: str
    batch: str | None
    annotations: int
    snippet: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class RunPage:
    """Some runs, newest first, and the cursor of those that follow; None where none do."""

    runs: tuple[RunSummary, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord(RunSummary):
    """All of a run but its calls and events. `pool_experts` are all the pool's experts as they then were.

    Each of `skills` is as in the event SkillsFound; `agreement` is as in RunFinished.
    """

    choices: tuple[str, ...]
    document: str
    draft: str
    kind: Kind
    gold: str | None
    question_id: str | None
    source: str | None
    category: str | None
    settings: dict[str, Any]
    pool_experts: list[dict[str, Any]]
    seed: int
    steps: tuple[str, ...]
    skills: list[dict[str, Any]]
    text: str | None
    agreement: dict[str, bool]
    error: str | None
    prompt_tokens: int
    finished_at: float | None
    heartbeat_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """A model call. `status` is queued, running, done, failed or cancelled; `text` is what came so far.

    Times in seconds, as in CallFinished, each None until it is known. `verdict` is a critique's: right or wrong.
    """

    name: str
    expert: str
    step: str
    target: str | None
    messages: list[dict[str, str]]
    sampling: dict[str, Any]
    status: str
    text: str
    prompt_tokens: int | None
    tokens: int
    seconds_queued: float | None
    seconds_to_first_token: float | None
    seconds: float | None
    finish_reason: str | None
    error: str | None
    answer: str | None
    correct: bool | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class ExpertName:
    """What an expert is called in records and on pages."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class BatchName:
    """What a batch is called on pages: its file and its protocol, with the time it was begun (Unix seconds)."""

    id: str
    title: str
    protocol: str
    created_at: float


@dataclass(frozen=True, slots=True)
class Facets:
    """What the kept runs can be filtered by: what occurs in them, sorted, experts by title; batches newest first."""

    protocols: tuple[str, ...]
    pools: tuple[str, ...]
    experts: tuple[ExpertName, ...]
    tags: tuple[str, ...]
    batches: tuple[BatchName, ...]
    sources: tuple[str, ...]
    categories: tuple[str, ...]


class Speed(NamedTuple):
    """Tokens that an expert wrote, and the seconds that took from leaving the queue to the last token."""

    tokens: int
    seconds: float
