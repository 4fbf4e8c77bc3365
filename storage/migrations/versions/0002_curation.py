"""Curation: tags, a note and soft deletion of runs; the verdict of a critique; searching notes and tags."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what a person does to recorded runs, and make it found."""
    op.create_table(
        "tags",
        sa.Column("tag", sa.String(), primary_key=True),
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("tags_run", "tags", ["run"])
    op.add_column("runs", sa.Column("note", sa.String(), nullable=False, server_default=""))
    op.add_column("runs", sa.Column("deleted_at", sa.Double()))
    op.add_column("calls", sa.Column("verdict", sa.String()))
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
