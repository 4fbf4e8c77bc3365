"""The sentences of a recorded text, in which every character belongs to exactly one."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from sentencex import segment  # type: ignore[import-untyped]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_OPENING = re.compile(r"\$\$|\\\[|\\\(|(?<!\\)\$(?=\S)")
_FORMULAS = {"$$": ("$$", 2000), r"\[": (r"\]", 2000), r"\(": (r"\)", 2000), "$": ("$", 200)}
"""What ends a formula, by what opens it, and within how many characters."""

_MOST = 2000
"""Sentences that are told apart; what follows them is one."""

_LONGEST_LINE = 20_000
"""Characters of a line that is looked at for sentences; a longer one is nobody's prose."""

_ONLY_A_NUMBER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z])[.)\]:]\s*")
_JOINER = "\u200d"


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end, in code points; together they are the whole text.

    Lines end sentences, formulas do not hold ends of any. White space belongs to the sentence before it, a stretch
    that says nothing, as the number of a list's item, to the one after it.
    """
    ends = (end for end in _outside_formulas(text, _stretches(text)) if _between_characters(text, end))
    found: list[tuple[int, int]] = []
    start = 0
    for end in ends:
        stretch = text[start:end]
        if not stretch.strip() and found:
            found[-1] = (found[-1][0], end)
        elif not any(character.isalnum() for character in stretch) or _ONLY_A_NUMBER.fullmatch(stretch):
            continue
        else:
            found.append((start, end))
        start = end
        if len(found) == _MOST:
            break
    if start < len(text):
        if found and len(found) < _MOST:
            found[-1] = (found[-1][0], len(text))
        else:
            found.append((start, len(text)))
    return found


def _stretches(text: str) -> Iterator[int]:
    """Where the lines, and the sentences in them, end."""
    at = 0
    for match in _LINE.finditer(text):
        line = match[0]
        if len(line) <= _LONGEST_LINE:
            parts = segment("en", line)
            if "".join(parts) == line:
                end = at
                for part in parts[:-1]:
                    end += len(part)
                    yield end
        at += len(line)
        yield at


def _outside_formulas(text: str, ends: Iterator[int]) -> Iterator[int]:
    formulas = list(_formulas(text))
    starts = [start for start, _ in formulas]
    for end in ends:
        before = bisect_right(starts, end - 1) - 1
        if before < 0 or not starts[before] < end < formulas[before][1]:
            yield end


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while opening := _OPENING.search(text, at):
        at = opening.end()
        closing, longest = _FORMULAS[opening[0]]
        end = text.find(closing, at, at + longest)
        inside = text[at:end]
        if end >= 0 and not (closing == "$" and ("\n" in inside or inside[-1:].isspace())):
            at = end + len(closing)
            yield opening.start(), at


def _between_characters(text: str, at: int) -> bool:
    """Whether what a reader takes for one character does not go on there."""
    if at >= len(text):
        return True
    return (
        text[at - 1] != _JOINER and text[at] != _JOINER and not unicodedata.category(text[at]).startswith("M")
    )
