"""What the engine reads out of what models wrote."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.events.event import Event


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
