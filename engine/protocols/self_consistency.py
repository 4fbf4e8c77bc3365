"""Self-consistency (Wang et al. 2022, arXiv 2203.11171): one expert answers n times, the plurality stands.

With one sample it is that expert alone: what the other protocols have to beat.
"""

from pydantic import BaseModel, ConfigDict, Field

from engine.answers import visible
from engine.panel import Ask, Panel
from engine.prompts import reason
from engine.protocols.conclusion import Conclusion
from engine.protocols.protocol import NAMES_AN_EXPERT, Protocol

STEPS = ("reason", "answer")


class Settings(BaseModel):
    """Parameters of self-consistency."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(
        5, ge=1, le=128, title="Samples (k)", description="how often the expert answers; 1: it alone"
    )
    solver: str = Field(
        "",
        title="Solver",
        json_schema_extra=NAMES_AN_EXPERT,
        description="the expert; empty: the best by profile, else the aggregator",
    )


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Answer the panel's question."""
    solver = panel.roster.best(settings.solver)
    panel.step("reason")
    samples = await panel.sample(Ask(f"reason/{solver.name}", solver, reason(panel.question)), settings.k)
    for reply in samples:
        await panel.read_answer(reply)
    panel.step("answer")
    answers = [panel.answer_of(reply) for reply in samples]
    answer = await panel.judge.plurality(answers, panel.question)
    if answer is None:
        panel.notice("No sample has an answer that could be read, so there is none.")
    stands = samples[answers.index(answer)]
    return Conclusion(visible(stands.text), answer, {solver.name: answer is not None})


PROTOCOL = Protocol(
    name="self-consistency",
    title="Self-consistency",
    description="One expert answers several times, and its most common answer stands (arXiv 2203.11171).",
    steps=STEPS,
    settings=Settings,
    follow=follow,
)
