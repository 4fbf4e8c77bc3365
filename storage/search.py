"""Full-text search: what is indexed of a run, what a person's words mean, and how a match is shown."""

from sqlalchemy import Connection, Integer, Text, column, delete, func, insert, literal_column, select, table
from sqlalchemy.sql.elements import ColumnElement

from storage.schema import FULL_TEXT, Call, Run

Part = tuple[str, bool]
"""A piece of text, and whether it is what was searched for."""

SNIPPET_WORDS = 24
PART_CHARACTERS = 300

_OPENS, _CLOSES = "\x02", "\x03"
_COLUMNS = ("question", "choices", "skills", "answer", "calls")

full_text = table(FULL_TEXT, column("rowid", Integer), *(column(name, Text) for name in _COLUMNS))


def index(connection: Connection, number: int) -> None:
    """Make run `number` found by the text it has now."""
    run = connection.execute(
        select(Run.question, Run.choices, Run.skills, Run.answer).where(Run.number == number)
    ).one()
    calls = connection.scalars(select(Call.text).where(Call.run == number).order_by(Call.queued_seq))
    skills = (str(skill.get("keyword", "")) for skill in run.skills)
    texts = (run.question, "\n".join(run.choices), "\n".join(skills), run.answer or "", "\n\n".join(calls))
    forget(connection, number)
    row = {name: _unmarked(text) for name, text in zip(_COLUMNS, texts, strict=True)}
    connection.execute(insert(full_text).values(rowid=number, **row))


def forget(connection: Connection, number: int) -> None:
    """Make run `number` found no more."""
    connection.execute(delete(full_text).where(full_text.c.rowid == number))


def matches(text: str) -> ColumnElement[bool]:
    """Holds where a run's text has all the words of `text`, the last of which may be the start of a word.

    Any text is allowed: each of its words is quoted, so that nothing in it is query syntax.
    """
    words = ['"{}"'.format(word.replace('"', '""')) for word in text.replace("\0", " ").split()]
    query = " ".join(words)
    if words and not text[-1].isspace():
        query += "*"
    return literal_column(FULL_TEXT).op("MATCH", is_comparison=True)(query)


def snippet() -> ColumnElement[str]:
    """Where the match stands in the text, to be read by `parts`."""
    return func.snippet(literal_column(FULL_TEXT), -1, _OPENS, _CLOSES, "…", SNIPPET_WORDS)


def parts(snippet_text: str) -> list[Part]:
    """The snippet in pieces, each with whether it matched; long ones are shortened."""
    pieces: list[Part] = []
    for position, opened in enumerate(snippet_text.split(_OPENS)):
        found, _, rest = opened.partition(_CLOSES) if position else ("", "", opened)
        pieces += [(_shortened(found), True), (_shortened(rest), False)]
    return [piece for piece in pieces if piece[0]]


def _shortened(text: str) -> str:
    return text if len(text) <= PART_CHARACTERS else text[:PART_CHARACTERS] + "…"


def _unmarked(text: str) -> str:
    return text.replace(_OPENS, " ").replace(_CLOSES, " ").replace("\0", " ")
