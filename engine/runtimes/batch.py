"""A batch of answers generated together with transformers, each with its own sampling."""

import torch
from transformers import DynamicCache, PreTrainedModel

from engine.runtimes.answer import Answer
from engine.runtimes.base import FinishReason, Sampling

_SEEDS = 2**63
_TOKENS_AT_ONCE = 2048
"""Prompt tokens that one pass of the model reads, of all rows together: it bounds the memory of long prompts."""


class Row:
    """One answer of a batch: its prompt as token ids, and how to choose its next token."""

    def __init__(self, answer: Answer, prompt: list[int], sampling: Sampling, max_tokens: int) -> None:
        self.answer = answer
        self.prompt = prompt
        self._sampling = sampling
        self._left = max_tokens
        self._random = torch.Generator().manual_seed(sampling.seed % _SEEDS)

    def choose(self, logits: torch.Tensor) -> int:
        """The next token by logits of shape (vocabulary,), by temperature and then nucleus (Holtzman et al. 2020)."""
        if self._sampling.temperature <= 0:
            return int(logits.argmax())
        probabilities = torch.softmax(logits.float().cpu() / self._sampling.temperature, dim=-1)
        if self._sampling.top_p < 1:
            ordered, ids = probabilities.sort(descending=True)
            # A token stays while those before it have less than top_p together: so at least one does.
            ordered[ordered.cumsum(0) - ordered >= self._sampling.top_p] = 0
            return int(ids[torch.multinomial(ordered, 1, generator=self._random)])
        return int(torch.multinomial(probabilities, 1, generator=self._random))

    def take(self, token: int, ends: set[int]) -> bool:
        """Give the answer its token; whether it wants more."""
        self._left -= 1
        reason: FinishReason | None = "stop" if token in ends else "length" if self._left == 0 else None
        self.answer.put([token], reason)
        return reason is None and not self.answer.cancelled


@torch.inference_mode()
def generate(model: PreTrainedModel, rows: list[Row], ends: set[int]) -> None:
    """Generate until every row has its answer or was cancelled. Rows leave the batch as they finish.

    `ends` are the ids of the tokens that end an answer.
    """
    longest = max((len(row.prompt) for row in rows), default=0)
    # Padded on the left, so that the next token is at the same place in all rows.
    ids = torch.tensor([[0] * (longest - len(row.prompt)) + row.prompt for row in rows])
    mask = torch.tensor([[0] * (longest - len(row.prompt)) + [1] * len(row.prompt) for row in rows])
    ids, mask = ids.to(model.device), mask.to(model.device)
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    cache = DynamicCache(config=model.config)
    width = max(1, _TOKENS_AT_ONCE // max(1, len(rows)))
    read = 0
    while any(not row.answer.cancelled for row in rows):
        output = model(
            input_ids=ids[:, :width],
            attention_mask=mask[:, : read + min(width, ids.shape[1])],
            position_ids=positions[:, :width],
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        read += min(width, ids.shape[1])
        ids, positions = ids[:, width:], positions[:, width:]
        if ids.shape[1]:
            continue  # the prompts are not read to their end yet
        tokens = [row.choose(logits) for row, logits in zip(rows, output.logits[:, -1], strict=True)]
