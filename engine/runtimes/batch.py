"""A batch of answers generated together with transformers, each with its own sampling."""

import torch
from transformers import DynamicCache, PreTrainedModel

from engine.runtimes.answer import Answer, Step
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
        self.answer.put(Step([token], reason))
        return reason is None and not self.answer.cancelled


@torch.inference_mode()
def generate(model: PreTrainedModel, rows: list[Row], ends: set[int]) -> None:
    """Generate until every row has its answer or was cancelled. Rows leave the batch as they finish.

    `ends` are the ids of the tokens that end an answer. Rows that share a prompt have it read once.
    """
    if not rows:
        return
    prompts = list(dict.fromkeys(tuple(row.prompt) for row in rows))
    longest = max(map(len, prompts))
    # Padded on the left, so that the next token is at the same place in all rows.
    ids = torch.tensor([[0] * (longest - len(prompt)) + list(prompt) for prompt in prompts])
    mask = torch.tensor([[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts])
    ids, mask = ids.to(model.device), mask.to(model.device)
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    cache = DynamicCache(config=model.config)

    def last_logits(ids: torch.Tensor, mask: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        output = model(
            input_ids=ids,
            attention_mask=mask,
            position_ids=positions,
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        logits: torch.Tensor = output.logits[:, -1]
        return logits

    width = max(1, _TOKENS_AT_ONCE // len(prompts))
    for end in range(width, longest + width, width):
        if all(row.answer.cancelled for row in rows):
            return
        part = slice(end - width, end)
        logits = last_logits(ids[:, part], mask[:, :end], positions[:, part])
    positions = positions[:, -1:]
    if len(prompts) < len(rows):
        read_as = torch.tensor([prompts.index(tuple(row.prompt)) for row in rows], device=model.device)
        cache.batch_select_indices(read_as)
        mask, positions, logits = mask[read_as], positions[read_as], logits[read_as]
    while rows:
        tokens = [row.choose(logits[at]) for at, row in enumerate(rows)]
        staying = [at for at, row in enumerate(rows) if row.take(tokens[at], ends)]
        if not staying:
            return
        if len(staying) < len(rows):
            kept = torch.tensor(staying, device=model.device)
            cache.batch_select_indices(kept)
            mask, positions = mask[kept], positions[kept]
            rows = [rows[at] for at in staying]
        ids = torch.tensor([[tokens[at]] for at in staying], device=model.device)
        mask = torch.cat([mask, mask.new_ones((len(rows), 1))], dim=1)
        positions = positions + 1
        logits = last_logits(ids, mask, positions)
