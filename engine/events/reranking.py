"""The events of choosing one of two candidates by vote: MAMM-Refine (arXiv 2503.15272)."""

from dataclasses import dataclass
from typing import ClassVar

from engine.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateVoted(Event):
    """In `round` (from 1) an expert voted for candidate `choice` of `subject`: 1 or 2, None where that is unreadable.

    `subject` names what is chosen, as the calls that vote on it do.
    """

    kind: ClassVar[str] = "candidate_voted"
    call: str
    subject: str
    round: int
    expert: str
    choice: int | None
    reasoning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateChosen(Event):
    """The candidate that stands for `subject`: `chosen` of `candidates`, all names of calls.

    `agreed` says whether all votes of the last of `rounds` were the same; where most could not be read, they were not.
    """

    kind: ClassVar[str] = "candidate_chosen"
    subject: str
    candidates: list[str]
    chosen: str
    rounds: int
    agreed: bool
