"""Symbolic-MoE (arXiv 2503.05641): recruit experts by skill, let each reason once, aggregate."""

from pydantic import BaseModel, ConfigDict, Field

from engine.answers import visible
from engine.panel import Panel
from engine.prompts import Respondent
from engine.protocols.conclusion import Conclusion, conclude
from engine.protocols.reason import reason
from engine.protocols.recruit import recruit

STEPS = ("recruit", "reason", "answer")


class Settings(BaseModel):
    """Parameters of Symbolic-MoE."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(
        3, ge=1, le=16, title="Experts (k)", description="how many experts are drawn, with replacement"
    )


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Answer the panel's question."""
    experts = await recruit(panel, settings.k, replacement=True)
    chains = await reason(panel, experts)
    panel.step("answer")
    return await conclude(panel, [Respondent(visible(chain.text)) for chain in chains], chains)
