"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Operation = Literal["kept", "removed", "added"]

_WORD = re.compile(r"\s*\S+|\s+$")
_SHORTEST_KEPT = 3
"""Fewer words than this between two changes are part of the change: confetti is harder to read."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text and what became of it."""

    operation: Operation
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The texts as stretches kept, removed and added.

    The kept and removed stretches joined give `before`, the kept and added ones `after`, but for white space.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(
        None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False
    )
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

    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        inside = old_start > 0 and old_end < len(old)
        if tag == "equal" and not (inside and old_end - old_start < _SHORTEST_KEPT and (removed or added)):
            flush()
            found.append(Change("kept", "".join(new[new_start:new_end])))
        else:
            removed += old[old_start:old_end]
            added += new[new_start:new_end]
    flush()
    return found
