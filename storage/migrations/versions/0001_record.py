"""The record: runs, who was recruited, events, calls and the full-text search over them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables of the first version."""
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("gold", sa.String()),
        sa.Column("question_id", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("category", sa.String()),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("pool_experts", sa.JSON(), nullable=False),
        sa.Column("runtime", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answer", sa.String()),
        sa.Column("text", sa.String()),
        sa.Column("correct", sa.Boolean()),
        sa.Column("agreement", sa.JSON(), nullable=False),
        sa.Column("error", sa.String()),
        sa.Column("seconds", sa.Double()),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.Double()),
        sa.Column("heartbeat_at", sa.Double(), nullable=False),
    )
    op.create_index("runs_id", "runs", ["id"], unique=True)
    op.create_index("runs_protocol", "runs", ["protocol"])
    op.create_index("runs_pool", "runs", ["pool"])
    op.create_index("runs_status", "runs", ["status"])
    op.create_table(
        "recruits",
        sa.Column("expert", sa.String(), primary_key=True),
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("recruits_run", "recruits", ["run"])
    op.create_table(
        "events",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("call", sa.String()),
        sa.Column("data", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calls",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("target", sa.String()),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("sampling", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer()),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("seconds_queued", sa.Double()),
        sa.Column("seconds_to_first_token", sa.Double()),
        sa.Column("seconds", sa.Double()),
        sa.Column("finish_reason", sa.String()),
        sa.Column("error", sa.String()),
        sa.Column("answer", sa.String()),
        sa.Column("correct", sa.Boolean()),
        sa.Column("queued_seq", sa.Integer(), nullable=False),
        sa.Column("settled_seq", sa.Integer(), nullable=False),
    )
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5("
        "question, choices, skills, answer, calls, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    )
