"""Text that goes into a file, or to stdout where none is named."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import UserError

OutOption = Annotated[Path | None, typer.Option(help="The file to write; stdout if left out.")]


def write(parts: Iterable[str], out: Path | None) -> None:
    """Write the parts one after the other. Raises UserError where the file cannot be written."""
    if out is None:
        for part in parts:
            sys.stdout.write(part)
        return
    try:
        # Line breaks as they are: within the cells of a table they are part of a text.
        with out.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
    except OSError as error:
        raise UserError(
            f"{out} cannot be written ({error.strerror or error}): choose another file."
        ) from error
