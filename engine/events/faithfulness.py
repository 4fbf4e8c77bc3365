"""The events of checking a text against its document: MAMM-Refine (arXiv 2503.15272).

A sentence goes by its index in the text, from 0; spans are in code points.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from engine.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSplit(Event):
    """The text that is checked, and its sentences, each: start, end (of the text). `call` wrote it, or None."""

    kind: ClassVar[str] = "text_split"
    text: str
    sentences: list[dict[str, Any]]
    call: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaithfulnessVoted(Event):
    """In `round` (from 1) an expert said whether a sentence follows from the document; None: unreadable."""

    kind: ClassVar[str] = "faithfulness_voted"
    call: str
    sentence: int
    round: int
    expert: str
    faithful: bool | None
    reasoning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaithfulnessDecided(Event):
    """What holds for a sentence after `rounds` rounds; `agreed` says whether the last votes were all the same.

    Where most could not be read, they did not agree.
    """

    kind: ClassVar[str] = "faithfulness_decided"
    sentence: int
    faithful: bool
    rounds: int
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorFound(Event):
    """What the critique of call `call` says is wrong with a sentence, where, and how to mend it.

    `span` is in its own words; `start` and `end` place it in the text, None where it does not occur there.
    """

    kind: ClassVar[str] = "error_found"
    call: str
    sentence: int
    span: str
    start: int | None
    end: int | None
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRewritten(Event):
    """The text as it is after refinement; `call` wrote it, None where no sentence was wrong and it stayed as it was."""

    kind: ClassVar[str] = "text_rewritten"
    text: str
    call: str | None
