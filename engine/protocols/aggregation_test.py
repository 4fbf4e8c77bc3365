"""A synthetic test of one aggregator: it answers from three given chains of thought, of which one is right.

Symbolic-MoE, section 3.3. Not listed among the protocols: `engine.profiling` runs it.
"""

from pydantic import BaseModel, ConfigDict

from engine.panel import Ask, Panel
from engine.prompts import Respondent, aggregate
from engine.protocols.conclusion import AGGREGATOR_CALL, Conclusion
from engine.protocols.protocol import Protocol


class Settings(BaseModel):
    """Who aggregates, by name, and what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    expert: str
    chains: tuple[str, ...]


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Have the expert answer from the chains."""
    panel.step("answer")
    prompt = aggregate(panel.question, [Respondent(chain) for chain in settings.chains])
    reply = await panel.ask(Ask(AGGREGATOR_CALL, panel.roster.pool.expert(settings.expert), prompt))
    return Conclusion(reply.text, await panel.read_answer(reply), agreement={})


AGGREGATION_TEST = Protocol(
    name="aggregation-test",
    title="Aggregation test",
    description="An expert answers from a right and two wrong chains of thought.",
    steps=("answer",),
    settings=Settings,
    follow=follow,
)
