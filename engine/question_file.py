"""Files of questions: JSON Lines with id, kind, question, choices, answer, source, category."""

import random
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import UserError
from engine.question import Kind, Question


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    kind: Kind | None = None
    question: str
    choices: tuple[str, ...] = ()
    document: str = ""
    answer: str | None = None
    source: str | None = None
    category: str | None = None


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, in order; one without an id is named by the file and its line.

    Raises UserError that names the first line that is not right.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return list(_parse(path, lines))
    except OSError as error:
        raise UserError(f"Question file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"Question file {path} is not UTF-8 text.") from error


def sample(questions: list[Question], limit: int | None, seed: int) -> list[Question]:
    """At most `limit` of the questions, drawn by the seed, in their order."""
    if limit is None or limit >= len(questions):
        return questions
    drawn = sorted(random.Random(seed).sample(range(len(questions)), limit))
    return [questions[place] for place in drawn]


def _parse(path: Path, lines: Iterator[str]) -> Iterator[Question]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = _Line.model_validate_json(line)
            posed = Question.posed(given.question, given.choices, given.document, given.answer, given.kind)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the line"
            raise UserError(f"{path}, line {number}: {where}: {first['msg']}.") from error
        except UserError as error:
            raise UserError(f"{path}, line {number}: {error}") from error
        yield Question(
            text=posed.text,
            choices=posed.choices,
            document=posed.document,
            kind=posed.kind,
            gold=posed.gold,
            id=given.id or f"{path.stem}-{number}",
            source=given.source or path.stem,
            category=given.category,
        )
