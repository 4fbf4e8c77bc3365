"""The runtimes that run a model on this machine, each model in a process of its own."""

import asyncio
from typing import Literal

from engine.pool import Expert
from engine.runtimes.base import Progress
from engine.runtimes.footprint import footprint
from engine.runtimes.model_process import ModelProcess
from engine.weights import prepared, run_by

LocalName = Literal["openvino", "vllm", "transformers", "embedding"]


class LocalRuntime:
    """Loads prepared weights into model processes; it is a `base.Runtime`."""

    def __init__(self, name: LocalName) -> None:
        self.name: str = name
        self.enforces_json = name in ("openvino", "vllm")
        self.scores = name != "embedding"

    async def load(self, expert: Expert, progress: Progress) -> ModelProcess:
        """Load an expert's model. Raises LoadFailed, or WeightsMissing when it was not pulled."""
        path = await asyncio.to_thread(prepared, expert, self.name)
        return await ModelProcess.start(run_by(expert, self.name), path, expert, progress)

    def memory(self, expert: Expert) -> int:
        """Bytes the expert needs while loaded. Raises WeightsMissing when it was not pulled."""
        return footprint(expert, run_by(expert, self.name), prepared(expert, self.name))
