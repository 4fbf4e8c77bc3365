"""Scoring one solution of a validation question, so that rewards can be standardised: MAgICoRe, section 3.2.

Not listed among the protocols: `engine.profiling` runs it.
"""

from pydantic import BaseModel, ConfigDict

from engine.panel import Panel
from engine.protocols.conclusion import Conclusion
from engine.protocols.protocol import Protocol
from engine.rewards import Scorer
from engine.scheduler import Reply


class Settings(BaseModel):
    """The solution, the expert that wrote it, and the one that verifies where there is no reward model, by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    solution: str
    solver: str
    verifier: str


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Score the solution."""
    pool = panel.roster.pool
    panel.step("reason")
    solver = pool.expert(settings.solver)
    written = Reply(f"reason/{solver.name}/0", solver, settings.solution, 0, 0, 0.0, 0.0, 0.0, "stop")
    await panel.read_answer(written)
    await Scorer(panel, pool.expert(settings.verifier)).score(written)
    return Conclusion(settings.solution, panel.answer_of(written), {})


CALIBRATION = Protocol(
    name="calibration",
    title="Calibration",
    description="A solution of a validation question is scored.",
    steps=("reason",),
    settings=Settings,
    follow=follow,
)
