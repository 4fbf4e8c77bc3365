"""Models whose pool file states no hashes: the hub's own are taken at the first pull, and locked."""

import hashlib
from pathlib import Path, PurePosixPath

from huggingface_hub import HfApi
from huggingface_hub.hf_api import RepoSibling
from pydantic import BaseModel

from engine.errors import WeightsRefused
from engine.pool import Hub, WeightFile, Weights
from engine.weights.cache import Place
from engine.weights.checking import sha256_of
from engine.weights.hub import NAME, answering, download, require_reachable

WANTED = {".safetensors", ".json", ".txt", ".model", ".tiktoken", ".jinja", ".py"}
PICKLED = {".bin"}


class Snapshot(BaseModel):
    """The files of one commit of a repository, kept beside them as `locked.json`: later pulls check against it."""

    repository: str
    commit: str
    files: tuple[WeightFile, ...]


def locked(place: Place) -> Snapshot | None:
    """The snapshot that the first pull locked, None before it."""
    path = _path(place)
    return Snapshot.model_validate_json(path.read_bytes()) if path.exists() else None


def known_files(place: Place, weights: Weights) -> tuple[WeightFile, ...]:
    """The files the pool states or the first pull locked; none before that pull."""
    if weights.files:
        return weights.files
    snapshot = locked(place)
    return snapshot.files if snapshot else ()


def lock_snapshot(place: Place, hub: Hub) -> Snapshot:
    """Ask the hub which files the revision has and what they hash to, and lock that.

    The hub states a SHA-256 for large files and a git blob id for small ones, which are fetched here to be hashed.
    Raises SourceFailed, and WeightsRefused when a small file is not what its blob id says.
    """
    require_reachable()
    with answering(hub):
        info = HfApi().model_info(hub.repository, revision=hub.revision, files_metadata=True, timeout=10)
        commit = info.sha or hub.revision
        siblings = _wanted(info.siblings or [])
        snapshot = Snapshot(
            repository=hub.repository,
            commit=commit,
            files=tuple(_file(place, hub, commit, sibling) for sibling in siblings),
        )
    partial = _path(place).with_suffix(".partial")
    partial.write_text(snapshot.model_dump_json(indent=1), "utf-8")
    partial.replace(_path(place))
    return snapshot


def _path(place: Place) -> Path:
    return place.root / "locked.json"


def _wanted(siblings: list[RepoSibling]) -> list[RepoSibling]:
    """The files that loading the model takes: no other formats of the same weights beside them."""
    # `consolidated` files and sub-folders such as `original` or `onnx` hold the weights once more;
    # sub-folders named like 1_Pooling are modules of an embedder.
    named = [
        (sibling, PurePosixPath(sibling.rfilename))
        for sibling in siblings
        if sibling.size
        and (len(parts := PurePosixPath(sibling.rfilename).parts) == 1 or parts[0][0].isdigit())
    ]
    safe = any(path.suffix == ".safetensors" for _, path in named)
    suffixes = WANTED if safe else WANTED | PICKLED
    return [
        sibling
        for sibling, path in named
        if path.suffix in suffixes and not path.name.startswith("consolidated")
    ]


def _file(place: Place, hub: Hub, commit: str, sibling: RepoSibling) -> WeightFile:
    name = sibling.rfilename
    if sibling.lfs:
        return WeightFile(name=name, sha256=sibling.lfs.sha256, bytes=sibling.lfs.size)
    path = place.incoming / "unlocked"
    path.unlink(missing_ok=True)
    download(hub, commit, name, path)
    content = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    if blob != sibling.blob_id:
        path.unlink()
        raise WeightsRefused(
            f"{name} from {NAME} was refused and deleted: its git blob id is {blob}, expected {sibling.blob_id}."
        )
    return WeightFile(name=name, sha256=sha256_of(path), bytes=len(content))
