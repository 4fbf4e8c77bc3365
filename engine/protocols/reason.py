"""The reasoning step: every recruited expert answers alone, with chain of thought."""

from collections import Counter
from collections.abc import Sequence

from engine.panel import Ask, Panel
from engine.pool import Expert
from engine.prompts import reason as reasoning
from engine.scheduler import Reply


async def reason(panel: Panel, experts: Sequence[Expert]) -> list[Reply]:
    """One chain of thought per expert, in parallel; an expert that was drawn twice answers twice, independently."""
    panel.step("reason")
    draws: Counter[str] = Counter()
    asks: list[Ask] = []
    for expert in experts:
        asks.append(Ask(f"reason/{expert.name}/{draws[expert.name]}", expert, reasoning(panel.question)))
        draws[expert.name] += 1
    chains = await panel.ask_all(asks)
    for chain in chains:
        await panel.read_answer(chain)
    return chains
