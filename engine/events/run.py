"""The events of a run as a whole."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from engine.events.event import Event

Outcome = Literal["done", "stopped", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted(Event):
    """A question was posed, or a run that was interrupted goes on: then its calls that were answered stand.

    `experts` are the pool's: name, title, model, parameters. `batch` is the id of the batch it belongs to.
    """

    kind: ClassVar[str] = "run_started"
    question: dict[str, Any]
    protocol: str
    settings: dict[str, Any]
    pool: str
    runtime: str
    seed: int
    steps: list[str]
    experts: list[dict[str, Any]]
    batch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(Event):
    """The protocol entered a step (recruit, reason, critique, refine, answer); `ordinal` counts from 0."""

    kind: ClassVar[str] = "step_started"
    step: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed(Event):
    """Something the person should know: a part that was left out and why, an expert that failed."""

    kind: ClassVar[str] = "noticed"
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished(Event):
    """The run ended. `agreement` says for each expert whether its last answer equals the final one.

    `answer` is the extracted answer and `text` what the person reads; both None where the run has none.
    """

    kind: ClassVar[str] = "run_finished"
    outcome: Outcome
    answer: str | None
    text: str | None
    correct: bool | None
    agreement: dict[str, bool] = field(default_factory=dict)
    error: str | None = None
    seconds: float = 0.0
