"""Passwords, hashed with Argon2id in the parameters that argon2-cffi recommends (RFC 9106, section 4)."""

import secrets
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from engine.errors import UserError

SHORTEST, LONGEST = 8, 1000


class Passwords:
    """Makes hashes and compares passwords with them. Each takes some 50 ms and 64 MiB, on purpose."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hashed(self, password: str) -> str:
        """A new hash. Raises UserError where the password is too short or too long."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise UserError(f"A password has {SHORTEST} to {LONGEST} characters: choose another.")
        return self._hasher.hash(_bytes(password))

    def match(self, stored: str | None, password: str) -> bool:
        """Whether `stored` is the hash of the password. With None it is not, and that takes as long to find out."""
        if len(password) > LONGEST:
            return False
        try:
            self._hasher.verify(self._nobodys if stored is None else stored, _bytes(password))
        except VerificationError:
            return False
        return stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than are used now."""
        return self._hasher.check_needs_rehash(stored)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_bytes())


def _bytes(password: str) -> bytes:
    """One password however a keyboard composes its letters (RFC 8265, section 4.2.2)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
