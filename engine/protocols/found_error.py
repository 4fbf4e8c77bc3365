"""What a critique of a sentence names: the words that are wrong, where they stand, and how to mend them."""

import re
from dataclasses import dataclass

from engine.answers import visible
from engine.answers.markup import unmarked
from engine.sentences import Sentence

_SPAN = re.compile(r"error span\s*(?:is)?\s*:\s*(.+)", re.IGNORECASE)
_FIX = re.compile(r"suggested fix\s*(?:is)?\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"[\"'\u2018\u201c\u201d«]+(.+?)[\"'\u2019\u201c\u201d»]+(?:\W|$)")


@dataclass(frozen=True, slots=True)
class FoundError:
    """An error in the critique's words; `start` and `end` place it in the text, None where it does not occur there."""

    span: str
    start: int | None
    end: int | None
    suggestion: str


def found_error(critique: str, sentence: Sentence) -> FoundError:
    """The error that a critique's text names in the sentence; what it does not name is empty."""
    text = unmarked(visible(critique))
    fix, stated = _FIX.search(text), _SPAN.search(text)
    suggestion = _unquoted(fix[1]) if fix else ""
    span = _unquoted(_FIX.split(stated[1])[0]) if stated else ""
    place = sentence.text.find(span) if span else -1
    if place < 0:
        return FoundError(span, None, None, suggestion)
    start = sentence.start + place
    return FoundError(span, start, start + len(span), suggestion)


def _unquoted(words: str) -> str:
    quoted = _QUOTED.match(words.strip())
    return quoted[1].strip() if quoted else words.strip("<> \n")
