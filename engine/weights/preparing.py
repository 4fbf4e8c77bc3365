"""What each runtime loads: the fetched files themselves, or something made of them once."""

import multiprocessing
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from engine.errors import UserError, WeightsMissing
from engine.pool import Expert, RewardModel
from engine.weights.cache import place_of, weights_of
from engine.weights.checking import unchanged
from engine.weights.convert import convert
from engine.weights.openvino_folder import to_openvino
from engine.weights.progress import Progress, watching
from engine.weights.snapshot import known_files

BYTES_PER_BFLOAT16 = 2
BYTES_ON_THE_WAY = 3
"""Bytes a weight that are written for OpenVINO GenAI: a file that it reads, what it makes of it, and the result."""


def run_by(model: Expert, runtime: str) -> str:
    """The runtime that runs the model where `runtime` is chosen: OpenVINO GenAI runs no reward models."""
    return "transformers" if runtime == "openvino" and isinstance(model, RewardModel) else runtime


def prepared(expert: Expert, runtime: str) -> Path:
    """The model folder that the runtime loads.

    Quick: nothing is read but sizes and times. Raises WeightsMissing when it has not been pulled, UserError when
    the runtime cannot read this model's format or the pool file states no weights.
    """
    path = _target(expert, runtime)
    weights, place = weights_of(expert), place_of(expert)
    if path == place.files:
        files = known_files(place, weights)
        there = bool(files) and len(unchanged(place, files)) == len(files)
    else:
        there = path.exists()
    if not there:
        raise _missing(expert, runtime)
    return path


def prepare(expert: Expert, runtime: str, progress: Progress) -> None:
    """Make of the fetched files what the runtime loads, where it is not there yet.

    Raises WeightsMissing when they were not fetched, UserError as `prepared` does, and when this machine has too
    little memory for it.
    """
    target, weights, place = _target(expert, runtime), weights_of(expert), place_of(expert)
    if target == place.files:
        return
    with place.lock():
        if target.exists():
            return
        if not unchanged(place, weights.files):
            raise _missing(expert, runtime)
        source = place.files / weights.files[0].name
        if target == place.bfloat16:
            _make(convert, source, target, expert, expert.parameters * BYTES_PER_BFLOAT16, progress)
        else:
            _make(to_openvino, source, target, expert, expert.parameters * BYTES_ON_THE_WAY, progress)


def _missing(expert: Expert, runtime: str) -> WeightsMissing:
    size = weights_of(expert).bytes or expert.parameters * BYTES_PER_BFLOAT16
    return WeightsMissing(
        f"The weights of {expert.title} are not ready for {runtime} on this machine: "
        f"run `disputatio pull` ({size / 1e6:,.0f} MB) with the pool and runtime you use."
    )


def _target(expert: Expert, runtime: str) -> Path:
    format, place = weights_of(expert).format, place_of(expert)
    match run_by(expert, runtime), format:
        case "openvino", "gguf":
            return place.openvino
        case "openvino", _:
            raise UserError(
                f"OpenVINO GenAI cannot read the model folder of {expert.title}: use --runtime vllm or transformers."
            )
        case (("vllm" | "transformers"), "gguf"):
            return place.bfloat16
        case (("vllm" | "transformers" | "embedding"), "folder"):
            return place.files
        case "embedding", _:
            raise UserError(f"{expert.title} is a GGUF file: an embedder has to be a model folder.")
        case _:
            raise ValueError(f"no weights are prepared for runtime {runtime!r}")


def _make(
    make: Callable[[Path, Path], None],
    source: Path,
    target: Path,
    expert: Expert,
    size: int,
    progress: Progress,
) -> None:
    """Run `make` in a child process, which gives back its memory, and move what it made to `target` at once."""
    for stale in target.parent.glob("preparing-*"):
        shutil.rmtree(stale, ignore_errors=True)  # one that outlived a killed pull may still be writing there
    with tempfile.TemporaryDirectory(prefix="preparing-", dir=target.parent) as folder:
        made = Path(folder) / target.name

        def report(written: int) -> None:
            # Most of the time goes by before the first byte is written: how far it is then, nobody knows.
            progress(expert.name, "preparing", min(written, size), size if written else 0)

        with (
            watching(Path(folder), report),
            ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as child,
        ):
            try:
                child.submit(make, source, made).result()
            except BrokenProcessPool as error:
                raise UserError(
                    f"The process that prepared {expert.title} was ended, most often because memory ran out: "
                    "close other programs and run `disputatio pull` again."
                ) from error
        made.replace(target)
    progress(expert.name, "preparing", size, size)
