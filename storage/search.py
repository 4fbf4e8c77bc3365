"""Full-text search: what is indexed of a run, and what a person's words mean."""

from collections.abc import Sequence

from sqlalchemy import Connection, Integer, Text, column, delete, insert, literal_column, select, table
from sqlalchemy.sql.elements import ColumnElement

from storage.schema import FULL_TEXT, Call, Note, Run, Tag
from storage.snippet import Part, pattern, snippet
from storage.text import storable

MOST_WORDS = 50

_COLUMNS = ("question", "choices", "documents", "skills", "answer", "calls", "note", "tags")

full_text = table(FULL_TEXT, column("rowid", Integer), *(column(name, Text) for name in _COLUMNS))


def index(connection: Connection, number: int) -> None:
    """Make run `number` found by the text it has now; not at all where it is deleted."""
    forget(connection, number)
    run = connection.execute(
        select(Run.question, Run.draft, Run.document, Run.choices, Run.skills, Run.answer).where(
            Run.number == number, Run.deleted_at.is_(None)
        )
    ).one_or_none()
    if run is None:
        return
    calls = connection.scalars(select(Call.text).where(Call.run == number).order_by(Call.queued_seq))
    note = connection.scalar(select(Note.text).where(Note.run == number))
    tags = connection.scalars(select(Tag.tag).where(Tag.run == number).order_by(Tag.tag))
    texts = {
        "question": run.question,
        "choices": "\n".join(run.choices),
        "documents": f"{run.draft}\n\n{run.document}",
        "skills": "\n".join(str(skill.get("keyword", "")) for skill in run.skills),
        "answer": run.answer or "",
        "calls": "\n\n".join(calls),
        "note": note or "",
        "tags": "\n".join(tags),
    }
    connection.execute(insert(full_text).values(rowid=number, **texts))


def forget(connection: Connection, number: int) -> None:
    """Make run `number` found no more."""
    connection.execute(delete(full_text).where(full_text.c.rowid == number))


def searched(text: str) -> str:
    """What is searched for where a person wrote `text`: its first 50 different words, as they stand."""
    words = list(dict.fromkeys(storable(text).replace("\0", " ").split()))
    return " ".join(words[:MOST_WORDS]) + (" " if len(words) > MOST_WORDS or text[-1:].isspace() else "")


def matches(text: str) -> ColumnElement[bool]:
    """Holds where a run's text has all the words of `text`, the last of which may be the start of a word.

    Any text is allowed: each of its words is quoted, so that nothing in it is query syntax.
    """
    query = " ".join('"{}"'.format(word.replace('"', '""')) for word in text.split())
    if not text[-1].isspace():
        query += "*"
    return literal_column(FULL_TEXT).op("MATCH", is_comparison=True)(query)


def snippets(connection: Connection, numbers: Sequence[int], text: str) -> dict[int, tuple[Part, ...]]:
    """Where each of these runs has the words of `text`."""
    words = pattern(text)
    texts = select(full_text.c.rowid, *(full_text.c[name] for name in _COLUMNS))
    rows = connection.execute(texts.where(full_text.c.rowid.in_(numbers)))
    return {number: snippet(columns, words) for number, *columns in rows}
