"""The reasoning step: every recruited expert answers alone, with chain of thought."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from engine.panel import Ask, NobodyAnswered, Panel
from engine.pool import Expert
from engine.prompts import reason as reasoning
from engine.scheduler import Reply


async def reason(panel: Panel, experts: Sequence[Expert]) -> list[Reply]:
    """One chain of thought per expert, in their order; an expert that was drawn twice answers twice, independently.

    Those that fail are left out, with a notice. Raises NobodyAnswered when all of them failed.
    """
    panel.step("reason")
    times = Counter(expert.name for expert in experts)
    asks = {
        expert.name: Ask(f"reason/{expert.name}", expert, reasoning(panel.question)) for expert in experts
    }
    results = await asyncio.gather(
        *(panel.sample(ask, times[name]) for name, ask in asks.items()), return_exceptions=True
    )
    chains: dict[str, list[Reply]] = {}
    for name, result in zip(asks, results, strict=True):
        if isinstance(result, BaseException) and not isinstance(result, NobodyAnswered):
            raise result
        chains[name] = [] if isinstance(result, NobodyAnswered) else result
    if not any(chains.values()):
        raise next(result for result in results if isinstance(result, NobodyAnswered))
    coming = {name: iter(own) for name, own in chains.items()}
    ordered = [chain for expert in experts if (chain := next(coming[expert.name], None))]
    for chain in ordered:
        await panel.read_answer(chain)
    return ordered
