"""Curation: tags, notes and soft deletion, and their search; verdicts; indexes for filters and speeds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what a person does to recorded runs, and what makes reading many or long ones quick."""
    op.create_table(
        "tags",
        sa.Column("tag", sa.String(), primary_key=True),
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("tags_run", "tags", ["run"])
    op.create_table(
        "notes",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
    )
    op.add_column("runs", sa.Column("deleted_at", sa.Double()))
    op.add_column("calls", sa.Column("verdict", sa.String()))

    for name in ("runs_protocol", "runs_pool", "runs_status"):
        op.drop_index(name, "runs")
    filtered = ("protocol", "pool", "runtime", "status", "heartbeat_at", "correct", "created_at")
    op.create_index("runs_listed", "runs", ["number", "deleted_at", *filtered])
    timed = ["run", "status", "expert", "tokens", "seconds", "seconds_queued"]
    op.create_index("calls_timed", "calls", timed)

    # A full-text table takes no further column: its texts move into a new one.
    op.execute(
        "CREATE VIRTUAL TABLE search_0002 USING fts5("
        "question, choices, skills, answer, calls, note, tags, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    )
    op.execute(
        "INSERT INTO search_0002 (rowid, question, choices, skills, answer, calls, note, tags) "
        "SELECT rowid, question, choices, skills, answer, calls, '', '' FROM search"
    )
    op.execute("DROP TABLE search")
    op.execute("ALTER TABLE search_0002 RENAME TO search")
