"""The tables of the record. The full-text table `search` is SQLite's own kind and stands in the migrations.

Times are Unix seconds, durations seconds. `runs.number` counts up as runs are recorded: newest first is
descending by number, and the row of `search` with the same rowid is that run's text.
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.sql.schema import SchemaItem

FULL_TEXT = "search"

UNANSWERED = "status = 'done' AND answer IS NULL"
"""Holds of a run that is done without an answer that could be read."""

WRITTEN = "status = 'done' AND text != ''"
"""Holds of a call that is done and has a text."""


class Base(DeclarativeBase):
    """What all tables share."""


def _run() -> Mapped[int]:
    return mapped_column(ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True)


class Batch(Base):
    """A file of questions that one protocol was run over with one pool; its runs point here.

    `key` says what was asked of whom, so that the same batch started again goes on. `title` is the file's name,
    `questions` how many there are in all. `usage` is as in `storage.batch_records.Usage`.
    """

    __tablename__ = "batches"
    __table_args__ = (Index("batches_id", "id", unique=True), Index("batches_key", "key", unique=True))

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    key: Mapped[str]
    created_at: Mapped[float]
    title: Mapped[str]
    protocol: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    pool: Mapped[str]
    runtime: Mapped[str]
    seed: Mapped[int]
    questions: Mapped[int]
    finished_at: Mapped[float | None]
    usage: Mapped[dict[str, Any]] = mapped_column(JSON)


class Run(Base):
    """A question that was posed and what came of it.

    `pool_experts` are all experts of the pool as they then were; who was recruited stands in `recruits`.
    `draft` is a text that came with the question, to be made faithful to its document.
    `status` is running, done, stopped or failed. Whoever records an unfinished run renews `heartbeat_at`.
    A run with `deleted_at` is shown nowhere, and purged later.
    """

    __tablename__ = "runs"
    __table_args__ = (
        Index("runs_id", "id", unique=True),
        # All that runs are filtered by, newest first, without reading the runs themselves.
        Index(
            "runs_listed",
            *("number", "deleted_at", "protocol", "pool", "runtime"),
            *("status", "heartbeat_at", "correct", "created_at", "source", "category"),
        ),
        # All that the figures of batches are counted from.
        Index(
            "runs_batched",
            *("batch", "question_id", "deleted_at", "status", "correct"),
            *("gold", "category", "source", "prompt_tokens", "tokens"),
            sqlite_where=text("batch IS NOT NULL"),
        ),
        Index("runs_unanswered", "number", sqlite_where=text(UNANSWERED)),
        Index("runs_deleted", "deleted_at", sqlite_where=text("deleted_at IS NOT NULL")),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    created_at: Mapped[float]
    question: Mapped[str]
    choices: Mapped[list[str]] = mapped_column(JSON)
    document: Mapped[str]
    kind: Mapped[str]
    gold: Mapped[str | None]
    question_id: Mapped[str | None]
    source: Mapped[str | None]
    category: Mapped[str | None]
    protocol: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    pool: Mapped[str]
    pool_experts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    runtime: Mapped[str]
    seed: Mapped[int]
    steps: Mapped[list[str]] = mapped_column(JSON)
    skills: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    status: Mapped[str]
    answer: Mapped[str | None]
    text: Mapped[str | None]
    correct: Mapped[bool | None]
    agreement: Mapped[dict[str, bool]] = mapped_column(JSON)
    error: Mapped[str | None]
    seconds: Mapped[float | None]
    prompt_tokens: Mapped[int]
    tokens: Mapped[int]
    finished_at: Mapped[float | None]
    heartbeat_at: Mapped[float]
    deleted_at: Mapped[float | None]
    batch: Mapped[int | None] = mapped_column(ForeignKey("batches.number"))
    draft: Mapped[str] = mapped_column(server_default="")


class Recruit(Base):
    """An expert that was recruited for a run; `ordinal` counts from 0 in the order they were drawn."""

    __tablename__ = "recruits"
    __table_args__ = (Index("recruits_run", "run"), {"sqlite_with_rowid": False})

    expert: Mapped[str] = mapped_column(primary_key=True)
    run: Mapped[int] = _run()
    ordinal: Mapped[int]


class Tag(Base):
    """A word or two by which a person marked a run."""

    __tablename__ = "tags"
    __table_args__ = (Index("tags_run", "run"), {"sqlite_with_rowid": False})

    tag: Mapped[str] = mapped_column(primary_key=True)
    run: Mapped[int] = _run()


class Note(Base):
    """What a person wrote about a run."""

    __tablename__ = "notes"

    run: Mapped[int] = _run()
    text: Mapped[str]


class RecordedEvent(Base):
    """An event of a run: `seq` counts from 1, `data` holds what `kind`, `run` and `at` do not say."""

    __tablename__ = "events"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run: Mapped[int] = _run()
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float]
    kind: Mapped[str]
    call: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class Call(Base):
    """A model call of a run. `status` is queued, running, done, failed or cancelled.

    `queued_seq` is the event that queued it. The deltas up to event `settled_seq` add nothing to `text`: a
    later event stated the whole text, or the call was queued anew. `verdict` is a critique's: right or wrong.
    """

    __tablename__ = "calls"
    __table_args__ = (
        Index("calls_timed", "run", "status", "expert", "tokens", "seconds", "seconds_queued"),
        # Who answered right, without reading what was written.
        Index(
            "calls_answered",
            *("run", "step", "expert", "correct"),
            sqlite_where=text("correct IS NOT NULL"),
        ),
        # The texts that a step consists of, in order, without reading them.
        Index(
            "calls_written",
            *("step", "run", "queued_seq", "name", "expert", "target", "verdict"),
            sqlite_where=text(WRITTEN),
        ),
    )

    run: Mapped[int] = _run()
    name: Mapped[str] = mapped_column(primary_key=True)
    expert: Mapped[str]
    step: Mapped[str]
    target: Mapped[str | None]
    messages: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    sampling: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str]
    text: Mapped[str]
    prompt_tokens: Mapped[int | None]
    tokens: Mapped[int]
    seconds_queued: Mapped[float | None]
    seconds_to_first_token: Mapped[float | None]
    seconds: Mapped[float | None]
    finish_reason: Mapped[str | None]
    error: Mapped[str | None]
    answer: Mapped[str | None]
    correct: Mapped[bool | None]
    verdict: Mapped[str | None]
    queued_seq: Mapped[int]
    settled_seq: Mapped[int]


def is_declared(_item: SchemaItem, name: str | None, kind: str, *_compared: object) -> bool:
    """Whether Alembic compares this with the tables here: all but the full-text table and its parts."""
    return not (kind == "table" and name is not None and name.split("_")[0] == FULL_TEXT)
