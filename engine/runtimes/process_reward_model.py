"""The architecture of Qwen2.5-Math-PRM, which transformers does not have."""

from typing import Any

import torch
from transformers import Qwen2Config, Qwen2Model, Qwen2PreTrainedModel
from transformers.modeling_outputs import TokenClassifierOutput

_LABELS = 2


class Qwen2ForProcessRewardModel(Qwen2PreTrainedModel):  # type: ignore[no-untyped-call]
    """Qwen2 with two layers that say of each token whether it ends a bad step (label 0) or a good one (label 1).

    Source: Zhang et al. 2025, "The Lessons of Developing Process Reward Models", section 3.1.
    """

    def __init__(self, config: Qwen2Config) -> None:
        super().__init__(config)
        self.model = Qwen2Model(config)
        self.score = torch.nn.Sequential(
            torch.nn.Linear(config.hidden_size, config.hidden_size),
            torch.nn.ReLU(),
            torch.nn.Linear(config.hidden_size, _LABELS),
        )
        self.post_init()  # type: ignore[no-untyped-call]

    def forward(self, input_ids: torch.Tensor, **options: Any) -> TokenClassifierOutput:
        """Logits of shape (batch, tokens, 2) for token ids of shape (batch, tokens)."""
        hidden = self.model(input_ids=input_ids, **options).last_hidden_state
        return TokenClassifierOutput(logits=self.score(hidden))
