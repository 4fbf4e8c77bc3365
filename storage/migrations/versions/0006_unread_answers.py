"""Answers that could not be read: quick to find among runs, and counted where experts' own answers are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Index the runs without an answer; widen the index of judged answers to those that could not be read."""
    op.create_index(
        "runs_unanswered",
        "runs",
        ["number"],
        sqlite_where=sa.text("status = 'done' AND answer IS NULL"),
    )
    op.drop_index("calls_answered", "calls")
    op.create_index(
        "calls_answered",
        "calls",
        ["run", "step", "expert", "correct"],
        sqlite_where=sa.text("correct IS NOT NULL"),
    )
