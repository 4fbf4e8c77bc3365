"""Where the weights of one model are kept on this machine."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock

from engine.errors import UserError
from engine.pool import Expert, Weights


def cache_folder() -> Path:
    """The folder of all weights: DISPUTATIO_CACHE where it is set, else the user's cache folder."""
    stated = os.environ.get("DISPUTATIO_CACHE")
    return Path(stated).expanduser() if stated else platformdirs.user_cache_path("disputatio")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one model, named by its repository and what its files must hash to.

    Two pools that state the same files share it; another hash or revision is another place.
    `files` holds what was fetched and checked; `incoming` what is still coming; the others what was prepared.
    """

    root: Path

    @property
    def files(self) -> Path:
        """Fetched files, each of them checked."""
        return self.root / "files"

    @property
    def incoming(self) -> Path:
        """Half-fetched files, kept so that an interrupted pull goes on where it was."""
        return self.root / "incoming"

    @property
    def openvino(self) -> Path:
        """The model folder that OpenVINO GenAI reads, made of a GGUF file."""
        return self.root / "openvino"

    @property
    def bfloat16(self) -> Path:
        """The model folder that vLLM and transformers read, converted from GGUF."""
        return self.root / "bfloat16"

    def lock(self) -> FileLock:
        """The lock to hold while anything is written here; it goes with the process that holds it."""
        self.root.mkdir(parents=True, exist_ok=True)
        return FileLock(self.root / "writing.lock")


def weights_of(expert: Expert) -> Weights:
    """The expert's weights. Raises UserError when its pool file states none."""
    if expert.weights is None:
        raise UserError(
            f"Pool file states no weights for {expert.name}: add them, or use a remote server with --runtime openai."
        )
    return expert.weights


def place_of(expert: Expert) -> Place:
    """Where the expert's weights are kept, whether they are there or not. Raises UserError as `weights_of`."""
    weights = weights_of(expert)
    stated = "\n".join(sorted(f"{file.name} {file.sha256}" for file in weights.files))
    identity = hashlib.sha256(f"{weights.format}\n{stated or weights.hub.revision}".encode()).hexdigest()[:12]
    repository = re.sub(r"[^A-Za-z0-9._-]+", "--", weights.hub.repository)
    return Place(cache_folder() / "weights" / f"{repository}-{identity}")
