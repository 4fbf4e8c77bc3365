"""The people who may log in."""

import time
from collections.abc import Callable

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from storage.account_tables import SessionRow, UserRow
from storage.changing import changing
from storage.database import Database
from storage.errors import LastOwner, NameTaken, UnknownUser
from storage.passwords import Passwords
from storage.sessions import Sessions
from storage.user import Role, User, checked_name, key_of


class Accounts:
    """The users in a database, and their sessions. Names are told apart without regard to case.

    `now` gives the time in Unix seconds. What changes raises NotWritten where the database cannot be written now.
    """

    def __init__(
        self, database: Database, now: Callable[[], float] = time.time, passwords: Passwords | None = None
    ) -> None:
        self.sessions = Sessions(database, now)
        self._database = database
        self._now = now
        self._passwords = passwords or Passwords()

    def any(self) -> bool:
        """Whether there is a user at all; without one, Disputatio is one person's."""
        with self._database.reader() as connection:
            return _any(connection)

    def users(self) -> tuple[User, ...]:
        """All users, in the order of their names."""
        listed = select(UserRow.name, UserRow.role, UserRow.created_at).order_by(UserRow.key)
        with self._database.reader() as connection:
            return tuple(User(*row) for row in connection.execute(listed))

    def add(self, name: str, password: str, role: Role | None = None) -> User:
        """Make a login. Without a role the first user is an owner, any other an annotator.

        Raises NameTaken, LastOwner where the first user would be none, and UserError where the name or the password
        is not fit to be one.
        """
        kept, hashed = checked_name(name), self._passwords.hashed(password)
        with changing(self._database) as connection:
            first = not _any(connection)
            if first and role not in (None, "owner"):
                raise LastOwner(
                    "The first user has to be an owner: leave the role out, or add an owner first."
                )
            if _found(connection, kept) is not None:
                raise NameTaken(kept)
            user = User(kept, role or ("owner" if first else "annotator"), self._now())
            connection.execute(
                insert(UserRow).values(
                    name=kept,
                    key=key_of(kept),
                    role=user.role,
                    password_hash=hashed,
                    created_at=user.created_at,
                )
            )
        return user

    def verified(self, name: str, password: str) -> User | None:
        """The user of that name, if this is the password. A name that nobody has takes as long to refuse."""
        with self._database.reader() as connection:
            row = _found(connection, name)
        stored = row.password_hash if row else None
        if not self._passwords.match(stored, password) or row is None:
            return None
        if self._passwords.outdated(row.password_hash):
            self._rehash(row, password)
        return User(row.name, row.role, row.created_at)

    def change_role(self, name: str, role: Role) -> User:
        """Give a user another role, at once and wherever they are logged in. Raises UnknownUser and LastOwner."""
        with changing(self._database) as connection:
            row = _known(connection, name)
            if role != "owner":
                _require_another_owner(connection, row)
            connection.execute(update(UserRow).where(UserRow.number == row.number).values(role=role))
        return User(row.name, role, row.created_at)

    def change_password(self, name: str, password: str) -> None:
        """Give a user another password, and log them out everywhere. Raises UnknownUser; UserError: it is unfit."""
        hashed = self._passwords.hashed(password)
        with changing(self._database) as connection:
            number = _known(connection, name).number
            connection.execute(update(UserRow).where(UserRow.number == number).values(password_hash=hashed))
            connection.execute(delete(SessionRow).where(SessionRow.user == number))

    def remove(self, name: str) -> None:
        """Take a login away, and log that person out everywhere. Raises UnknownUser and LastOwner."""
        with changing(self._database) as connection:
            row = _known(connection, name)
            _require_another_owner(connection, row)
            connection.execute(delete(UserRow).where(UserRow.number == row.number))

    def _rehash(self, row: Row[int, str, Role, str, float], password: str) -> None:
        """Keep the hash in the parameters of now, unless the password was changed meanwhile."""
        unchanged = (UserRow.number == row.number, UserRow.password_hash == row.password_hash)
        hashed = self._passwords.hashed(password)
        with changing(self._database) as connection:
            connection.execute(update(UserRow).where(*unchanged).values(password_hash=hashed))


def _any(connection: Connection) -> bool:
    return bool(connection.scalar(select(exists(select(UserRow.number)))))


def _found(connection: Connection, name: str) -> Row[int, str, Role, str, float] | None:
    columns = (UserRow.number, UserRow.name, UserRow.role, UserRow.password_hash, UserRow.created_at)
    return connection.execute(select(*columns).where(UserRow.key == key_of(name))).one_or_none()


def _known(connection: Connection, name: str) -> Row[int, str, Role, str, float]:
    row = _found(connection, name)
    if row is None:
        raise UnknownUser(name)
    return row


def _require_another_owner(connection: Connection, row: Row[int, str, Role, str, float]) -> None:
    owners = connection.scalar(select(func.count()).where(UserRow.role == "owner"))
    if row.role == "owner" and owners == 1:
        raise LastOwner(
            f"{row.name} is the only owner, and there has to be one: make another user an owner first."
        )
