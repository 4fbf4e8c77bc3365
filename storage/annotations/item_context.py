"""What an item shows to whoever judges it: plain values."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Passage:
    """A recorded text that an item shows: who wrote it, what it answers, and whether that is right.

    `role` says what it is in the item. `place` is the expert's in its run's pool, -1 where it is not there. A draft
    that came with the question has the `call` draft and no `expert`. Where experts are not to be known, `call` is the
    role, `expert` and `title` are "Expert 1" and so on, and `place` counts them from 0. `text_hash` is the SHA-256 of
    `text` in UTF-8, in hexadecimal digits.
    """

    role: Literal["critique", "target", "refined"]
    call: str
    expert: str
    title: str
    place: int
    step: str
    text: str
    text_hash: str
    answer: str | None
    correct: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContext:
    """All that is needed to judge a call: `critique` is the call itself, whatever its step.

    `target` is what it is about, `refined` the refinement that followed, None where there is none; `shown` says
    whether the refiner had the critique before it. `verdict` is what the critique says of the answer: right or wrong.
    """

    item: int | None
    queue: str | None
    run: str
    question: str
    choices: tuple[str, ...]
    document: str
    draft: str
    gold: str | None
    critique: Passage
    target: Passage | None
    refined: Passage | None
    shown: bool
    verdict: str | None
    anonymous: bool
