"""Runs are found by their document and the text to check as well."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add a column for what came with a question to the search, filled for the runs there are."""
    # A full-text table takes no further column: its texts move into a new one.
    op.execute(
        "CREATE VIRTUAL TABLE search_0007 USING fts5("
        "question, choices, documents, skills, answer, calls, note, tags, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    )
    op.execute(
        "INSERT INTO search_0007 (rowid, question, choices, documents, skills, answer, calls, note, tags) "
        "SELECT search.rowid, search.question, search.choices, draft || char(10, 10) || document, "
        "search.skills, search.answer, calls, note, tags FROM search JOIN runs ON number = search.rowid"
    )
    op.execute("DROP TABLE search")
    op.execute("ALTER TABLE search_0007 RENAME TO search")
