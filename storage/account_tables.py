"""The tables of the people who may log in, and of where they are logged in."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base
from storage.user import Role


class UserRow(Base):
    """A person with a login. `key` is the name as names are compared; `role` is viewer, annotator or owner."""

    __tablename__ = "users"
    __table_args__ = (Index("users_key", "key", unique=True),)

    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str]
    role: Mapped[Role] = mapped_column(String)
    password_hash: Mapped[str]
    created_at: Mapped[float]


class SessionRow(Base):
    """A browser in which a person is logged in, by the SHA-256 of the token that its cookie holds."""

    __tablename__ = "sessions"
    __table_args__ = (Index("sessions_user", "user"), {"sqlite_with_rowid": False})

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[int] = mapped_column(ForeignKey("users.number", ondelete="CASCADE"))
    expires_at: Mapped[float]
