"""Reward models with vLLM's pooling, in a model process."""

from collections.abc import Sequence
from pathlib import Path

# Before vLLM's own modules: it sets what they read as they are imported.
from engine.runtimes.vllm_engine import VLLMEngine  # isort: split

from vllm import PoolingParams
from vllm.config import PoolerConfig

from engine.errors import LoadFailed
from engine.pool import RewardModel
from engine.runtimes.base import Measured, Message, Progress
from engine.runtimes.solution import conversation, marked_steps

_GOOD_LABEL = 1


class VLLMOutcomeReward:
    """A sequence classifier with one label."""

    def __init__(self, path: Path, model: RewardModel, progress: Progress) -> None:
        self._model = model
        progress(0.2, "starting the engine and reading weights")
        self._engine = VLLMEngine(path, model, runner="pooling")

    async def outcome_reward(self, messages: Sequence[Message]) -> Measured:
        """The label's logit for the conversation."""
        ids = conversation(self._engine.tokenizer, self._model, messages)
        # Through the sigmoid that is vLLM's default, all good solutions would get about 1.
        output = await self._engine.pool(ids, PoolingParams(task="classify", use_activation=False))
        return Measured([float(output.outputs.data.item())], len(ids))

    def close(self) -> None:
        """End the engine's processes."""
        self._engine.close()


class VLLMStepReward:
    """A classifier of tokens with the labels bad and good."""

    def __init__(self, path: Path, model: RewardModel, progress: Progress) -> None:
        if model.good is not None:
            raise LoadFailed(
                f"{model.title} predicts the token after each step, which vLLM's pooling cannot: "
                "use --runtime transformers for it."
            )
        self._model = model
        progress(0.2, "starting the engine and reading weights")
        every_token = PoolerConfig(tok_pooling_type="ALL")
        self._engine = VLLMEngine(path, model, runner="pooling", pooler_config=every_token)

    async def step_rewards(self, messages: Sequence[Message], steps: Sequence[str]) -> Measured:
        """Softmax over bad and good where each step's mark stands."""
        ids, marks = marked_steps(self._engine.tokenizer, self._model, messages, steps)
        output = await self._engine.pool(ids, PoolingParams(task="token_classify", use_activation=True))
        return Measured([float(output.outputs.data[mark][_GOOD_LABEL]) for mark in marks], len(ids))

    def close(self) -> None:
        """End the engine's processes."""
        self._engine.close()
