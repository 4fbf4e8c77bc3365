"""Where a text matches a search. SQLite's own snippets take seconds where a long text has a word often."""

import re
from collections.abc import Iterable

from storage.text import folded

Part = tuple[str, bool]
"""A piece of text, and whether it is what was searched for."""

CHARACTERS_BEFORE = 60
CHARACTERS_AFTER = 140

_WORD = re.compile(r"[^\W_]+")


def pattern(text: str) -> re.Pattern[str]:
    """What finds the words of `text`, the last of which may be the start of a word, in a folded text."""
    words = _WORD.findall(folded(text))
    alternatives = [rf"{word}(?![^\W_])" for word in dict.fromkeys(words)]
    if words and not text[-1].isspace():
        alternatives.append(rf"{words[-1]}[^\W_]*")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})" if words else r"(?!)")


def snippet(texts: Iterable[str], words: re.Pattern[str]) -> tuple[Part, ...]:
    """The neighbourhood of the first match in the first text that has one; nothing where none has."""
    for text in texts:
        found = words.search(folded(text))
        if found:
            return tuple(_parts(text, found.start(), words))
    return ()


def _parts(text: str, position: int, words: re.Pattern[str]) -> Iterable[Part]:
    start = max(0, position - CHARACTERS_BEFORE)
    if start:
        # Begin with a whole word where there is one.
        start = text.find(" ", start, position) + 1 or start
    end = position + CHARACTERS_AFTER
    shown = text[start:end]
    done = 0
    if start:
        yield "…", False
    for match in words.finditer(folded(shown)):
        if done < match.start():
            yield shown[done : match.start()], False
        yield shown[match.start() : match.end()], True
        done = match.end()
    rest = shown[done:] + ("…" if end < len(text) else "")
    if rest:
        yield rest, False
