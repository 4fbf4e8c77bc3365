"""The events of one model call."""

from dataclasses import dataclass
from typing import Any, ClassVar

from engine.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQueued(Event):
    """A model call was handed to the scheduler. `target` is the call it is about (the answer criticised).

    `task` is what the model is to do: generate a text, or give numbers: score (log probabilities of candidates as
    the next token), outcome_reward or step_rewards (a reward model's scores). `sampling` holds the task's parameters.
    """

    kind: ClassVar[str] = "call_queued"
    call: str
    expert: str
    step: str
    messages: list[dict[str, str]]
    sampling: dict[str, Any]
    target: str | None = None
    task: str = "generate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertLoading(Event):
    """The model that calls of this run wait for is being loaded; `share` is 0 to 1, None where unknown."""

    kind: ClassVar[str] = "expert_loading"
    expert: str
    share: float | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted(Event):
    """The call left the queue and was given to the runtime."""

    kind: ClassVar[str] = "call_started"
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDelta(Event):
    """New text of a call; `tokens` counts the new output tokens."""

    kind: ClassVar[str] = "call_delta"
    call: str
    text: str
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFinished(Event):
    """A call gave its answer. Times in seconds: in the queue, from start to first token, from queued to end.

    `values` are the numbers that a call gave whose task is not to generate.
    """

    kind: ClassVar[str] = "call_finished"
    call: str
    text: str
    prompt_tokens: int
    tokens: int
    seconds_queued: float
    seconds_to_first_token: float
    seconds: float
    finish_reason: str
    values: list[float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed(Event):
    """A call gave no answer; `message` is for the person. `cancelled` when the run was stopped.

    `lasting` where the same call would fail again: its prompt is too long for the model.
    """

    kind: ClassVar[str] = "call_failed"
    call: str
    message: str
    seconds: float
    cancelled: bool = False
    lasting: bool = False
