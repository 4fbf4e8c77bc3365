"""The sentences of a text, by where they stand in it."""

from dataclasses import dataclass

from sentencex import segment  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: the code points from `start` up to, not including, `end`; no white space around it."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of an English text in order; what stands between them is white space.

    A stretch without a letter, as the number of a list's item, belongs to the sentence after it, or to the last one.
    """
    found: list[Sentence] = []
    start = end = 0
    for stretch in segment("en", text):
        end += len(stretch)
        if any(character.isalpha() for character in stretch):
            found.append(_trimmed(text, start, end))
            start = end
    if found and text[start:].strip():
        found[-1] = _trimmed(text, found[-1].start, len(text))
    return found


def _trimmed(text: str, start: int, end: int) -> Sentence:
    stretch = text[start:end]
    begin = start + len(stretch) - len(stretch.lstrip())
    return Sentence(begin, begin + len(stretch.strip()), stretch.strip())
