"""What a critique of a sentence names: the words that are wrong, where they stand, and how to mend them."""

import re
from dataclasses import dataclass

from engine.answers import visible
from engine.answers.markup import unmarked
from engine.quotes import exact
from engine.sentences import Sentence

_SPAN = re.compile(r"error span\s*(?:is)?\s*:\s*(.+)", re.IGNORECASE)
_FIX = re.compile(r"suggested fix\s*(?:is)?\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"[\"'\u2018\u201c\u201d«]+(.+?)[\"'\u2019\u201c\u201d»]+(?:\W|$)")
_AROUND = " \t.,;:!?\u2026\"'`\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e()[]{}<>"


@dataclass(frozen=True, slots=True)
class FoundError:
    """An error in the critique's words; `start` and `end` place it in the text, None where it does not occur there.

    It occurs where its words do: punctuation around them, the case of letters and white space need not be the same.
    """

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
    bare = span.strip(_AROUND)
    place = (
        exact(span, sentence.text) or exact(bare, sentence.text) or _written_otherwise(bare, sentence.text)
    )
    if place is None:
        return FoundError(span, None, None, suggestion)
    start, end = place
    return FoundError(span, sentence.start + start, sentence.start + end, suggestion)


def _written_otherwise(words: str, text: str) -> tuple[int, int] | None:
    # Not by folding the case of both: that can change a text's length.
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return found.span() if found else None


def _unquoted(words: str) -> str:
    quoted = _QUOTED.match(words.strip())
    return quoted[1].strip() if quoted else words.strip("<> \n")
