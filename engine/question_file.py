"""Files of questions: id, kind, question, choices, document, draft, answer, source, category; JSON Lines or CSV."""

import csv
import math
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from engine.errors import UserError, first_fault
from engine.question import Kind, Question
from engine.question_table import rows


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is no text; leave out what is missing")
    return value


_Text = Annotated[str, BeforeValidator(_finite)]


class _Fields(BaseModel):
    # People write an answer 72 or an id 1 as the numbers that they are.
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: _Text | None = None
    kind: Kind | None = None
    question: _Text = ""
    choices: tuple[_Text, ...] = ()
    document: _Text = ""
    draft: _Text = ""
    answer: _Text | None = None
    source: _Text | None = None
    category: _Text | None = None


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, in order; one without an id is named by the file and its line.

    Raises UserError that names the first line that is not right.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(_parse(path, lines))
    except OSError as error:
        raise UserError(f"Question file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"Question file {path} is not UTF-8 text.") from error
    except csv.Error as error:
        raise UserError(f"Question file {path} is no table of questions: {error}.") from error


def sample(questions: list[Question], limit: int | None, seed: int) -> list[Question]:
    """At most `limit` of the questions, drawn by the seed, in their order."""
    if limit is None or limit >= len(questions):
        return questions
    drawn = sorted(random.Random(seed).sample(range(len(questions)), limit))
    return [questions[place] for place in drawn]


def _parse(path: Path, lines: Iterable[str]) -> Iterator[Question]:
    table = path.suffix.lower() == ".csv"
    for number, given in _rows(lines) if table else _lines(lines):
        where = f"{path}, {'row' if table else 'line'} {number}"
        try:
            yield _question(path.stem, number, given())
        except ValidationError as error:
            field, fault = first_fault(error.errors(), "the line")
            raise UserError(f"{where}: {field}: {fault}.") from error
        except UserError as error:
            raise UserError(f"{where}: {error}") from error


def _lines(lines: Iterable[str]) -> Iterator[tuple[int, Callable[[], _Fields]]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, partial(_Fields.model_validate_json, line)


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, Callable[[], _Fields]]]:
    for number, row in enumerate(rows(lines), 1):
        yield number, partial(_Fields.model_validate, row)


def _question(file: str, number: int, given: _Fields) -> Question:
    posed = Question.posed(
        given.question, given.choices, given.document, given.answer, given.kind, given.draft
    )
    return replace(
        posed,
        id=given.id or f"{file}-{number}",
        source=given.source or file,
        category=given.category or None,
    )
