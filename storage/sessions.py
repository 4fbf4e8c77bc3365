"""Where people are logged in: a random token in the browser, its hash in the database."""

import hashlib
import secrets
import time
from collections.abc import Callable

from sqlalchemy import delete, insert, select

from storage.account_tables import SessionRow, UserRow
from storage.changing import changing
from storage.database import Database
from storage.errors import UnknownUser
from storage.user import User, key_of

SESSION_SECONDS = 30 * 86400.0


class Sessions:
    """The sessions in a database; whatever ends one ends it for every process at once.

    `now` gives the time in Unix seconds. What changes raises NotWritten where the database cannot be written now.
    """

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    def begin(self, name: str) -> str:
        """A new session of the user, and its token. Raises UnknownUser."""
        token, now = secrets.token_urlsafe(32), self._now()
        with changing(self._database) as connection:
            number = connection.scalar(select(UserRow.number).where(UserRow.key == key_of(name)))
            if number is None:
                raise UnknownUser(name)
            connection.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
            connection.execute(
                insert(SessionRow).values(
                    token_hash=_hash(token), user=number, expires_at=now + SESSION_SECONDS
                )
            )
        return token

    def user(self, token: str) -> User | None:
        """Whose session it is, with the role that person has now; None where there is no such session any more."""
        found = (
            select(UserRow.name, UserRow.role, UserRow.created_at)
            .join(SessionRow, SessionRow.user == UserRow.number)
            .where(SessionRow.token_hash == _hash(token), SessionRow.expires_at > self._now())
        )
        with self._database.reader() as connection:
            row = connection.execute(found).one_or_none()
        return User(*row) if row else None

    def end(self, token: str) -> None:
        """End the session, if there is one."""
        with changing(self._database) as connection:
            connection.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))


def _hash(token: str) -> str:
    # A token is random and long: nothing slower is needed to keep it from being guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
