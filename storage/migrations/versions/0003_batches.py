"""Batches: runs that belong together, what they are compared by, and the draft that comes with a question."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add batches, and what makes their figures quick to count."""
    op.create_table(
        "batches",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("runtime", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.Double()),
        sa.Column("usage", sa.JSON(), nullable=False),
    )
    op.create_index("batches_id", "batches", ["id"], unique=True)
    op.create_index("batches_key", "batches", ["key"], unique=True)
    op.add_column(
        "runs",
        sa.Column("batch", sa.Integer(), sa.ForeignKey("batches.number")),
        inline_references=True,
    )
    op.add_column("runs", sa.Column("draft", sa.String(), nullable=False, server_default=""))

    op.drop_index("runs_listed", "runs")
    told = ("protocol", "pool", "runtime", "status", "heartbeat_at", "correct", "created_at")
    op.create_index("runs_listed", "runs", ["number", "deleted_at", *told, "source", "category"])
    counted = ("deleted_at", "status", "correct", "gold", "category", "source", "prompt_tokens", "tokens")
    op.create_index(
        "runs_batched",
        "runs",
        ["batch", "question_id", *counted],
        sqlite_where=sa.text("batch IS NOT NULL"),
    )
    op.create_index(
        "calls_answered",
        "calls",
        ["run", "step", "expert", "correct"],
        sqlite_where=sa.text("answer IS NOT NULL"),
    )
