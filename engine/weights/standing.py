"""Where the weights of a pool are, for the runtime that is to load them."""

from dataclasses import dataclass
from typing import Literal

from engine.errors import UserError, WeightsMissing
from engine.pool import Expert, Pool
from engine.weights.preparing import BYTES_PER_BFLOAT16, prepared
from engine.weights.progress import size_of


@dataclass(frozen=True, slots=True)
class WeightsStanding:
    """Weights that are `here` at `path`, `missing`, `served` by another machine, or `unfit` for the runtime.

    `bytes` is what lies on this disk, or about what is to be fetched; `reason` says why they are unfit.
    """

    state: Literal["here", "missing", "served", "unfit"]
    path: str | None = None
    bytes: int = 0
    reason: str = ""


def standings(pool: Pool, runtime: str) -> dict[str, WeightsStanding]:
    """How the weights of each model stand, by name, the embedder's last. Quick: only sizes and times are read.

    Servers run no reward models, so that none is told of where the runtime is one.
    """
    models = pool.experts if runtime == "openai" else (*pool.experts, *pool.reward_models)
    found = {model.name: _standing(model, runtime) for model in models}
    return {**found, pool.embedder.name: _standing(pool.embedder, "embedding")}


def _standing(expert: Expert, runtime: str) -> WeightsStanding:
    if runtime == "openai":
        return WeightsStanding("served")
    try:
        path = prepared(expert, runtime)
    except WeightsMissing:
        stated = expert.weights.bytes if expert.weights else 0
        return WeightsStanding("missing", bytes=stated or expert.parameters * BYTES_PER_BFLOAT16)
    except UserError as error:
        return WeightsStanding("unfit", reason=str(error))
    return WeightsStanding("here", str(path), size_of(path))
