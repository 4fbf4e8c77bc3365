"""What a tag and a note may be."""

import unicodedata
from collections.abc import Iterable

from engine.errors import UserError
from storage.text import storable

TAG_CHARACTERS = 40
TAGS = 20
NOTE_CHARACTERS = 10_000

_UNPRINTABLE = ("Cc", "Zl", "Zp")


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The different tags among these, without white space around them. Raises UserError where one cannot be a tag."""
    found = tuple(sorted({_checked_tag(tag) for tag in tags}))
    if len(found) > TAGS:
        raise UserError(f"A run can have {TAGS} tags: take away {len(found) - TAGS} of the {len(found)}.")
    return found


def checked_note(text: str) -> str:
    """The note without white space around it. Raises UserError where it is too long."""
    note = storable(text).strip()
    if len(note) > NOTE_CHARACTERS:
        raise UserError(
            f"A note can have {NOTE_CHARACTERS:,} characters: shorten it by {len(note) - NOTE_CHARACTERS:,}."
        )
    return note


def _checked_tag(text: str) -> str:
    tag = storable(text).strip()
    if any(unicodedata.category(character) in _UNPRINTABLE for character in tag):
        raise UserError("A tag cannot hold a line break or another control character: leave it out.")
    if not 1 <= len(tag) <= TAG_CHARACTERS:
        raise UserError(f"A tag has 1 to {TAG_CHARACTERS} characters, not {len(tag)}: choose another.")
    return tag
