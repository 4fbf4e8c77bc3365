"""What is read from the record: runs and calls as plain values."""

from dataclasses import dataclass
from typing import Any

from storage.snippet import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A run as a list shows it. `experts` are the recruited ones in order, each once.

    `status` is running, done, stopped, failed, or interrupted where nobody records the run any more.
    `created_at` is in Unix seconds; `seconds` is None until the run has finished. `correct` is None where
    no gold answer is known. `snippet` shows where a search matched. `question` and `answer` may be shortened
    in a list.
    """

    id: str
    created_at: float
    question: str
    protocol: str
    pool: str
    runtime: str
    experts: tuple[str, ...]
    status: str
    answer: str | None
    correct: bool | None
    tokens: int
    seconds: float | None
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
    kind: str
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

    Times in seconds, as in CallFinished, each None until it is known.
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
