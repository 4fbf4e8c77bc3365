"""The calls of a profiling that were answered, kept line by line, so that a killed one goes on where it was."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engine import events
from engine.calling import Answered
from engine.errors import UserError


class _Line(BaseModel):
    # Log probabilities may be infinite, and JSON has no word for that.
    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="constants")


class Begun(_Line):
    """The first line: of what profiling the notebook is, in words."""

    kind: Literal["begun"] = "begun"
    of: str


class Called(_Line):
    """A call that was answered: how it was asked and how it finished. `work` is what its run was made for, by key."""

    kind: Literal["called"] = "called"
    work: tuple[str, ...]
    queued: events.CallQueued
    finished: events.CallFinished


Line = Begun | Called
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


class Notebook:
    """The lines of a profiling in the file at `path`. `of` says what is profiled, and how.

    `answered` are the calls of each work, by name. Raises UserError where the file is of another profiling, or no
    notebook.
    """

    def __init__(self, path: Path, of: str) -> None:
        self.path = path
        self.answered: dict[tuple[str, ...], dict[str, Answered]] = {}
        lines = _read(path)
        if not lines:
            self._write(Begun(of=of))
        elif lines[0] != Begun(of=of):
            raise UserError(f"{path} is the notebook of another profiling: remove it, or name another --out.")
        for line in lines:
            if isinstance(line, Called):
                self._take(line.work, Answered(line.queued, line.finished))

    def write(self, work: tuple[str, ...], answered: Answered) -> None:
        """Add a call of that work."""
        self._write(Called(work=work, queued=answered.queued, finished=answered.finished))
        self._take(work, answered)

    def _write(self, line: Line) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line.model_dump_json() + "\n")

    def _take(self, work: tuple[str, ...], answered: Answered) -> None:
        self.answered.setdefault(work, {})[answered.queued.call] = answered


def _read(path: Path) -> list[Line]:
    """The lines of the file, which loses one that was not written to its end."""
    if not path.exists():
        return []
    text = path.read_bytes()
    whole = text[: text.rfind(b"\n") + 1]
    if whole != text:
        path.write_bytes(whole)
    try:
        # Not splitlines(): JSON lets texts keep the other line separators that there are.
        return [_LINE.validate_json(line) for line in whole.split(b"\n")[:-1]]
    except ValidationError as error:
        raise UserError(f"{path} is no notebook of a profiling: remove it, or name another --out.") from error
