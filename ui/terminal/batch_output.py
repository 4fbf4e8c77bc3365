"""The folder that a batch's results go into."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile

from engine.errors import UserError


def require_writable(folder: Path) -> None:
    """Make the folder where there is none. Raises UserError where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as probe:
            probe.write(b"\n")
    except OSError as error:
        raise UserError(
            f"{folder} cannot be written ({error.strerror or error}): name another folder with --out."
        ) from error


def write_results(folder: Path, results: str, runs: Iterable[str]) -> None:
    """Write results.json, and a line of runs.jsonl for each run. Raises UserError where they cannot be written."""
    try:
        (folder / "results.json").write_text(f"{results}\n", "utf-8")
        with (folder / "runs.jsonl").open("w", encoding="utf-8") as lines:
            lines.writelines(f"{run}\n" for run in runs)
    except OSError as error:
        raise UserError(
            f"The results cannot be written into {folder} ({error.strerror or error}), but are in the record: the same "
            "command with another --out writes them."
        ) from error
