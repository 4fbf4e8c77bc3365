"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

Operation = Literal["kept", "removed", "added"]

_UNSPACED = "\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Chinese and Japanese characters: they are written without spaces, so each counts as a word."""

_WORD = re.compile(rf"\s*(?:[{_UNSPACED}]|[^\s{_UNSPACED}]+)|\s+$")
_SHORTEST_KEPT = 3
"""Fewer words than this between two changes are part of the change: confetti is harder to read."""

_MOST_PAIRS = 400_000_000
"""Words of one text times words of the other; the comparison takes a bit of memory for each pair."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text and what became of it."""

    operation: Operation
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The texts as stretches kept, removed and added.

    The kept and removed stretches joined give `before`, the kept and added ones `after`, but for white space.
    Texts of more than some 20,000 words each are removed and added as a whole, unless they are equal.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Change] = []
    removed: list[str] = []
    added: list[str] = []

    def flush() -> None:
        if removed:
            found.append(Change("removed", "".join(removed)))
        if added:
            found.append(Change("added", "".join(added)))
        removed.clear()
        added.clear()

    for tag, old_start, old_end, new_start, new_end in _stretches(old, new):
        inside = old_start > 0 and old_end < len(old)
        if tag == "equal" and not (inside and old_end - old_start < _SHORTEST_KEPT and (removed or added)):
            flush()
            found.append(Change("kept", "".join(new[new_start:new_end])))
        else:
            removed += old[old_start:old_end]
            added += new[new_start:new_end]
    flush()
    return found


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Stretches by kind, with where they begin and end in `old` and in `new`: a longest common subsequence."""
    before, after = [word.strip() for word in old], [word.strip() for word in new]
    if before == after:
        yield from [("equal", 0, len(old), 0, len(new))] if old else []
    elif len(before) * len(after) > _MOST_PAIRS:
        yield "replace", 0, len(old), 0, len(new)
    else:
        for found in LCSseq.opcodes(before, after):
            yield found.tag, found.src_start, found.src_end, found.dest_start, found.dest_end
