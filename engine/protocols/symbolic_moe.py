"""Symbolic-MoE (arXiv 2503.05641): recruit experts by skill, let each reason once, aggregate."""

from pydantic import BaseModel, ConfigDict, Field

from engine.answers import visible
from engine.panel import Panel
from engine.prompts import Respondent
from engine.protocols.aggregator import AggregatorChoice, choose_aggregator
from engine.protocols.conclusion import Conclusion, conclude
from engine.protocols.protocol import Protocol
from engine.protocols.reason import reason
from engine.protocols.recruit import recruit
from engine.protocols.spoken import spoken
from engine.recruiting import Variant

STEPS = ("recruit", "reason", "answer")


class Settings(BaseModel):
    """Parameters of Symbolic-MoE."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(
        3, ge=1, le=16, title="Experts (k)", description="how many experts are drawn, with replacement"
    )
    variant: Variant = Field(
        "paper",
        title="Suitability",
        description="how it becomes a probability: the paper's softmax, or as the released code does",
    )
    aggregator: AggregatorChoice = Field(
        "task",
        title="Aggregator",
        description="the best at the task's tests, the best suited to the question, or the pool's own",
    )


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Answer the panel's question."""
    recruited = await recruit(panel, settings.k, replacement=True, variant=settings.variant)
    chains = spoken(panel, await reason(panel, recruited.experts))
    panel.step("answer")
    aggregator = choose_aggregator(panel, settings.aggregator, recruited.candidates)
    return await conclude(panel, aggregator, [Respondent(visible(chain.text)) for chain in chains], chains)


PROTOCOL = Protocol(
    name="symbolic-moe",
    title="Symbolic-MoE",
    description="Experts recruited by skill reason once each, and an aggregator concludes (arXiv 2503.05641).",
    steps=STEPS,
    settings=Settings,
    follow=follow,
)
