"""A person with a login."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from engine.errors import UserError

Role = Literal["viewer", "annotator", "owner"]
ROLES: tuple[Role, ...] = ("viewer", "annotator", "owner")
"""What a person may do, each more than the one before: read; judge critiques as well; everything."""

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class User:
    """A person with a login; `created_at` in Unix seconds."""

    name: str
    role: Role
    created_at: float


def checked_name(name: str) -> str:
    """The name as it is kept. Raises UserError where it is not fit to be one."""
    kept = unicodedata.normalize("NFC", name).strip()
    if not 1 <= len(kept) <= LONGEST_NAME:
        raise UserError(f"A user's name has 1 to {LONGEST_NAME} characters: choose another.")
    if not kept.isprintable():  # which no control, invisible or direction character is
        raise UserError("A user's name has no control or invisible characters: choose another.")
    return kept


def key_of(name: str) -> str:
    """What two names share when they are one person's: case and width do not tell people apart."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())
