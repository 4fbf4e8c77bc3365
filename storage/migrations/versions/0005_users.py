"""Users: people with a login, and the browsers in which they are logged in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the people and their sessions."""
    op.create_table(
        "users",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
    )
    op.create_index("users_key", "users", ["key"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(), primary_key=True),
        sa.Column("user", sa.Integer(), sa.ForeignKey("users.number", ondelete="CASCADE"), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("sessions_user", "sessions", ["user"])
