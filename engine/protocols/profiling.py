"""How one validation question is profiled: its keywords, and one answer of each expert that is profiled.

Symbolic-MoE, section 3.1. Not listed among the protocols: `engine.profiling` runs it over a file of questions.
"""

from pydantic import BaseModel, ConfigDict

from engine import events
from engine.panel import Panel
from engine.protocols.conclusion import Conclusion
from engine.protocols.protocol import Protocol
from engine.protocols.reason import reason
from engine.protocols.recruit import find_skills
from engine.skills import KEYWORD_SAMPLES


class Settings(BaseModel):
    """Which experts answer, by name, and whether the question's keywords are to be found."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    experts: tuple[str, ...]
    annotate: bool = True


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Put the question's skills and every expert's answer on the record; there is no conclusion."""
    if settings.annotate:
        panel.step("recruit")
        skills = await find_skills(panel)
        found = [
            {"keyword": s.keyword, "count": s.count, "profile_skill": None, "similarity": None}
            for s in skills
        ]
        panel.tell(events.SkillsFound, skills=found, samples=KEYWORD_SAMPLES)
    await reason(panel, [panel.roster.pool.expert(name) for name in settings.experts])
    return Conclusion(text="", answer=None, agreement={})


PROFILING = Protocol(
    name="profiling",
    title="Profiling",
    description="Experts answer once, and the question's keywords are found.",
    steps=("recruit", "reason"),
    settings=Settings,
    follow=follow,
)
