"""A label schema: the labels that spans of text can be given. Its files are TOML, because people write their own."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.errors import UserError, misfit

SHIPPED_SCHEMAS = Path(__file__).parent.parent.parent / "assets" / "schemas"
DEFAULT_SCHEMA = "critique"

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=60)]
Colour = Literal["good", "bad", "warn", "quiet", "violet", "blue"]
"""Which of the pages' colours marks a label's spans."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Strict):
    """A label; `key` is the digit that gives it on the keyboard, empty where it has none."""

    name: Name
    title: str = Field(min_length=1, max_length=60)
    key: Annotated[str, Field(pattern=r"^[1-9]?$")] = ""
    description: str = ""
    colour: Colour = "quiet"


class LabelSchema(_Strict):
    """Labels that go together, in the order they are offered."""

    name: Name
    title: str = Field(min_length=1, max_length=60)
    labels: tuple[Label, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        for what in ("name", "key"):
            given = [value for label in self.labels if (value := getattr(label, what))]
            twice = next((value for value in given if given.count(value) > 1), None)
            if twice is not None:
                raise ValueError(f"two labels have the {what} {twice!r}")
        return self

    @property
    def names(self) -> frozenset[str]:
        """What its labels are called."""
        return frozenset(label.name for label in self.labels)


class LabelSchemas:
    """The schemas a queue can be made with: the shipped ones, and a person's own in `folder` (`*.toml`).

    Files are read anew each time, so that one can be added or mended while the app runs.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def all(self) -> tuple[LabelSchema, ...]:
        """All schemas, the default one first; each name once."""
        return tuple(self._read([]).values())

    def schema(self, name: str = DEFAULT_SCHEMA) -> LabelSchema:
        """The schema of that name. Raises UserError when there is none."""
        found = self._read([])
        if name not in found:
            raise UserError(f"There is no label schema {name!r}: choose one of {', '.join(found)}.")
        return found[name]

    def problems(self) -> tuple[str, ...]:
        """A sentence for every file of the person's that is not right, and so left out."""
        problems: list[str] = []
        self._read(problems)
        return tuple(problems)

    def _read(self, problems: list[str]) -> dict[str, LabelSchema]:
        found = {DEFAULT_SCHEMA: read_schema(SHIPPED_SCHEMAS / f"{DEFAULT_SCHEMA}.toml")}
        for path in sorted(SHIPPED_SCHEMAS.glob("*.toml")):
            schema = read_schema(path)
            found.setdefault(schema.name, schema)
        for path in sorted(self._folder.glob("*.toml")) if self._folder else ():
            try:
                schema = read_schema(path)
            except UserError as error:
                problems.append(str(error))
                continue
            if found.setdefault(schema.name, schema) is not schema:
                problems.append(
                    f"Label schema file {path} is left out, because a schema named {schema.name} is known already: "
                    "change its name."
                )
        return found


def read_schema(path: Path) -> LabelSchema:
    """Read a schema file. Raises UserError that says what is wrong with it and where."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UserError(f"Label schema file {path} cannot be read ({error.strerror or error}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"Label schema file {path} is not valid TOML: {error}.") from error
    try:
        return LabelSchema.model_validate(content)
    except ValidationError as error:
        raise misfit(f"Label schema file {path}", error) from error
