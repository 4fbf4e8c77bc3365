"""What a profiling has found out so far, kept line by line, so that a killed one goes on where it was."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engine.errors import UserError
from engine.profile import ProfiledQuestion


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Begun(_Line):
    """The first line: of what profiling the notebook is, in words."""

    kind: Literal["begun"] = "begun"
    of: str


class Answered(_Line):
    """A validation question with its skills and who was right; `chains` are their visible texts by expert."""

    kind: Literal["answered"] = "answered"
    question: ProfiledQuestion
    chains: dict[str, str]


class Aggregated(_Line):
    """What came of an expert's synthetic test on a question; `right` is None where it could not answer."""

    kind: Literal["aggregated"] = "aggregated"
    question: str
    expert: str
    right: bool | None


class Rewarded(_Line):
    """The reward R of an expert's chain on a question, and the titles of who scored; None where nobody could."""

    kind: Literal["rewarded"] = "rewarded"
    question: str
    expert: str
    reward: float | None
    judges: dict[str, str]


Line = Begun | Answered | Aggregated | Rewarded
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


class Notebook:
    """The lines of a profiling in the file at `path`. `of` says what is profiled, and how.

    Raises UserError where the file is of another profiling, or no notebook.
    """

    def __init__(self, path: Path, of: str) -> None:
        self.path = path
        self.answered: dict[str, Answered] = {}
        self.aggregated: dict[tuple[str, str], Aggregated] = {}
        self.rewarded: dict[tuple[str, str], Rewarded] = {}
        lines = _read(path)
        if not lines:
            self.write(Begun(of=of))
        elif lines[0] != Begun(of=of):
            raise UserError(f"{path} is the notebook of another profiling: remove it, or name another --out.")
        for line in lines:
            self._take(line)

    def write(self, line: Line) -> None:
        """Add a line."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line.model_dump_json() + "\n")
        self._take(line)

    def _take(self, line: Line) -> None:
        match line:
            case Answered():
                self.answered[line.question.id] = line
            case Aggregated():
                self.aggregated[line.question, line.expert] = line
            case Rewarded():
                self.rewarded[line.question, line.expert] = line


def _read(path: Path) -> list[Line]:
    """The lines of the file, which loses one that was not written to its end."""
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole, "utf-8")
    try:
        return [_LINE.validate_json(line) for line in whole.splitlines()]
    except ValidationError as error:
        raise UserError(f"{path} is no notebook of a profiling: remove it, or name another --out.") from error
