"""A line of JSON from a file that anyone may have written."""

import json
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from engine.errors import first_fault
from storage.text import storable

Moment = Annotated[float, Field(ge=0, lt=253_402_300_800)]
"""A time in Unix seconds, before the year 10000: with later ones calendars cannot reckon."""

Model = TypeVar("Model", bound=BaseModel)


class Unreadable(ValueError):
    """A line is not what it should be; the message says how, for the person."""


def read_line(line: str) -> dict[str, Any]:
    """The object on the line, as the database can hold it. Raises Unreadable."""
    try:
        # Written and read once more, so that numbers that are none, and halves of characters, are found.
        found = json.loads(storable(json.dumps(json.loads(line), allow_nan=False, ensure_ascii=False)))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"The line is not JSON ({error}).") from error
    if not isinstance(found, dict):
        raise Unreadable("The line is not a JSON object.")
    return found


def checked(model: type[Model], data: dict[str, Any]) -> Model:
    """The data as the model. Raises Unreadable that says where it is not."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Unreadable(told(error)) from error


def told(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    where, fault = first_fault(error.errors(), "the line")
    return f"{where} is not right: {fault}."
