"""What happens in a run, as typed events: the only thing the engine tells the world.

A run is the ordered list of its events. Every event carries its run's id and the wall clock in Unix seconds.
`to_json` and `from_json` turn an event into plain data and back; `kind` is the event's name there.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal

Outcome = Literal["done", "stopped", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in run `run` at `at` (Unix seconds)."""

    kind: ClassVar[str] = ""
    run: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted(Event):
    """A question was posed. `experts` are the pool's: name, title, model, parameters."""

    kind: ClassVar[str] = "run_started"
    question: dict[str, Any]
    protocol: str
    settings: dict[str, Any]
    pool: str
    runtime: str
    seed: int
    steps: list[str]
    experts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(Event):
    """The protocol entered a step (recruit, reason, critique, refine, answer); `ordinal` counts from 0."""

    kind: ClassVar[str] = "step_started"
    step: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsFound(Event):
    """The question's keywords, each with how many samples named it and the nearest profile skill.

    Each skill: keyword, count, profile_skill, similarity (cosine).
    """

    kind: ClassVar[str] = "skills_found"
    skills: list[dict[str, Any]]
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertsRecruited(Event):
    """Each expert's suitability and who was drawn.

    Each candidate: expert, local_score, global_score, suitability, probability, by_skill ({profile skill: score}),
    drawn (how often).
    """

    kind: ClassVar[str] = "experts_recruited"
    candidates: list[dict[str, Any]]
    drawn: list[str]
    replacement: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQueued(Event):
    """A model call was handed to the scheduler. `target` is the call it is about (the answer criticised)."""

    kind: ClassVar[str] = "call_queued"
    call: str
    expert: str
    step: str
    messages: list[dict[str, str]]
    sampling: dict[str, Any]
    target: str | None = None


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
    """A call gave its answer. Times in seconds: in the queue, from start to first token, from queued to end."""

    kind: ClassVar[str] = "call_finished"
    call: str
    text: str
    prompt_tokens: int
    tokens: int
    seconds_queued: float
    seconds_to_first_token: float
    seconds: float
    finish_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed(Event):
    """A call gave no answer; `message` is for the person. `cancelled` when the run was stopped."""

    kind: ClassVar[str] = "call_failed"
    call: str
    message: str
    seconds: float
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerExtracted(Event):
    """What a call's text answers: a label, a number or expression, None where none was found.

    `correct` where a gold answer is known. Of a refinement, `stood_by` says whether its text stands by the first answer
    in so many words, and `changed` whether its answer differs from that; False and None of other calls.
    """

    kind: ClassVar[str] = "answer_extracted"
    call: str
    expert: str
    answer: str | None
    correct: bool | None = None
    stood_by: bool = False
    changed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CritiqueJudged(Event):
    """Whether the critique of call `call` finds the answer it is about right or wrong; None where it does not say."""

    kind: ClassVar[str] = "critique_judged"
    call: str
    verdict: Literal["right", "wrong"] | None


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


_KINDS: dict[str, type[Event]] = {cls.kind: cls for cls in Event.__subclasses__()}


def to_json(event: Event) -> dict[str, Any]:
    """The event as plain data, with its `kind`."""
    return {"kind": event.kind, **asdict(event)}


def from_json(data: dict[str, Any]) -> Event:
    """The event that `to_json` made this of. Raises ValueError for an unknown kind."""
    fields = dict(data)
    kind = fields.pop("kind", None)
    if kind not in _KINDS:
        raise ValueError(f"unknown event kind {kind!r}")
    return _KINDS[kind](**fields)
