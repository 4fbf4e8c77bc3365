"""Files are trusted by their SHA-256 only; what was checked once is stamped, so as not to be read again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from engine.errors import WeightsRefused
from engine.pool import WeightFile
from engine.weights.cache import Place
from engine.weights.progress import Report

CHUNK = 1 << 22


def sha256_of(path: Path, report: Report | None = None) -> str:
    """SHA-256 of a file in hexadecimal; `report` is called with the bytes read so far."""
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if report:
                report(done)
    return digest.hexdigest()


def accept(place: Place, path: Path, file: WeightFile, source: str, report: Report) -> None:
    """Check `path` and move it to its place among the checked files, stamped.

    Raises WeightsRefused when it does not hash to what is stated; it is deleted then.
    """
    found = sha256_of(path, report)
    if found != file.sha256:
        path.unlink()
        raise WeightsRefused(
            f"{file.name} from {source} was refused and deleted: its SHA-256 is {found}, expected {file.sha256}. "
            "Run `disputatio pull` again; if it is refused again, do not trust that source."
        )
    target = place.files / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    _stamp(place, file)


def unchanged(place: Place, files: Iterable[WeightFile]) -> list[WeightFile]:
    """Those of the files that were checked and have kept size and modification time since."""
    stamps = _stamps(place)
    return [file for file in files if file.name in stamps and stamps[file.name] == _seen(place, file)]


def recheck(place: Place, file: WeightFile, report: Report) -> bool:
    """Whether a file that lost its stamp (copied or touched) is still right; it is deleted where it is not."""
    path = place.files / file.name
    if not path.is_file():
        return False
    if sha256_of(path, report) == file.sha256:
        _stamp(place, file)
        return True
    path.unlink()
    return False


def _seen(place: Place, file: WeightFile) -> list[str | int] | None:
    path = place.files / file.name
    if not path.is_file():
        return None
    status = path.stat()
    return [file.sha256, status.st_size, status.st_mtime_ns]


def _stamps(place: Place) -> dict[str, list[str | int]]:
    path = place.root / "checked.json"
    if not path.exists():
        return {}
    stamps: dict[str, list[str | int]] = json.loads(path.read_text("utf-8"))
    return stamps


def _stamp(place: Place, file: WeightFile) -> None:
    write_json(place.root / "checked.json", {**_stamps(place), file.name: _seen(place, file)})


def write_json(path: Path, content: object) -> None:
    """Write a small JSON file so that a reader sees the old or the new one, never half of it."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(content, indent=1), "utf-8")
    partial.replace(path)
