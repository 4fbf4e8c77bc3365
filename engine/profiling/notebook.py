"""What a profiling has found out so far, kept line by line, so that a killed one goes on where it was."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from engine.profile import ProfiledQuestion


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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


Line = Answered | Aggregated | Rewarded
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


class Notebook:
    """The lines of a profiling in the file at `path`, which is there once the first one is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.answered: dict[str, Answered] = {}
        self.aggregated: dict[tuple[str, str], Aggregated] = {}
        self.rewarded: dict[tuple[str, str], Rewarded] = {}
        if path.exists():
            for line in path.read_text("utf-8").splitlines():
                self._take(_LINE.validate_json(line))

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
