"""Reward models with transformers wherever torch runs, in a model process."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoModelForTokenClassification,
    AutoTokenizer,
)

from engine.errors import LoadFailed
from engine.pool import RewardModel
from engine.runtimes.base import Measured, Message, Progress
from engine.runtimes.precision import numbers
from engine.runtimes.process_reward_model import Qwen2ForProcessRewardModel
from engine.runtimes.solution import conversation, last_token, marked_steps

_GOOD_LABEL = 1


class _RewardModel:
    """A model folder as transformers reads it, loaded as `architecture`; one conversation is read at a time."""

    def __init__(self, path: Path, model: RewardModel, progress: Progress, architecture: Any) -> None:
        progress(0.4, "reading weights")
        self._model = model
        self._tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._network, loaded = architecture.from_pretrained(
            path, dtype=numbers(), device_map=device, local_files_only=True, output_loading_info=True
        )
        if lacking := sorted(loaded["missing_keys"]):
            # transformers would go on with random numbers in their place.
            raise LoadFailed(f"{model.title} is no reward model of this kind: it lacks {', '.join(lacking)}.")
        self._turn = asyncio.Lock()

    async def _logits(self, ids: list[int], **options: int) -> torch.Tensor:
        """What the network says to token ids, in 32 bits on the CPU; shape (tokens or 1, labels or vocabulary)."""

        @torch.inference_mode()
        def compute() -> torch.Tensor:
            read = torch.tensor([ids], device=self._network.device)
            logits: torch.Tensor = self._network(input_ids=read, use_cache=False, **options).logits
            return logits.reshape(-1, logits.shape[-1])

        async with self._turn:
            return (await asyncio.to_thread(compute)).float().cpu()


class TransformersOutcomeReward(_RewardModel):
    """A sequence classifier with one label."""

    def __init__(self, path: Path, model: RewardModel, progress: Progress) -> None:
        super().__init__(path, model, progress, AutoModelForSequenceClassification)
        if self._network.config.num_labels != 1:
            raise LoadFailed(f"{model.title} is no outcome reward model: it has more than one label.")
        # With nothing to pad, the last token is the one to score, whatever it is.
        self._network.config.pad_token_id = -1

    async def outcome_reward(self, messages: Sequence[Message]) -> Measured:
        """The label's logit for the conversation."""
        ids = conversation(self._tokenizer, self._model, messages)
        return Measured([(await self._logits(ids)).item()], len(ids))


class TransformersStepReward(_RewardModel):
    """A classifier of tokens, or a model that predicts the token after each step's mark."""

    def __init__(self, path: Path, model: RewardModel, progress: Progress) -> None:
        config = AutoConfig.from_pretrained(path, local_files_only=True)
        architecture: Any = AutoModelForTokenClassification
        if model.good is not None:
            architecture = AutoModelForCausalLM
        elif Qwen2ForProcessRewardModel.__name__ in (config.architectures or ()):
            architecture = Qwen2ForProcessRewardModel
        super().__init__(path, model, progress, architecture)
        self._columns = [1 - _GOOD_LABEL, _GOOD_LABEL]
        if model.good is not None and model.bad is not None:
            self._columns = [last_token(self._tokenizer, model.bad), last_token(self._tokenizer, model.good)]

    async def step_rewards(self, messages: Sequence[Message], steps: Sequence[str]) -> Measured:
        """Softmax over bad and good where each step's mark stands."""
        ids, marks = marked_steps(self._tokenizer, self._model, messages, steps)
        logits = (await self._logits(ids))[marks][:, self._columns]
        return Measured([float(good) for good in torch.softmax(logits, dim=-1)[:, 1]], len(ids))
