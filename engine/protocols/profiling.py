"""How one validation question is profiled: its keywords, and one answer of every expert of the pool.

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
    """Profiling has no parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)


async def follow(panel: Panel, _settings: Settings) -> Conclusion:
    """Put the question's skills and every expert's answer on the record; there is no conclusion."""
    panel.step("recruit")
    skills = await find_skills(panel)
    found = [
        {"keyword": s.keyword, "count": s.count, "profile_skill": None, "similarity": None} for s in skills
    ]
    panel.tell(events.SkillsFound, skills=found, samples=KEYWORD_SAMPLES)
    await reason(panel, panel.roster.pool.experts)
    return Conclusion(text="", answer=None, agreement={})


PROFILING = Protocol(
    name="profiling",
    title="Profiling",
    description="Every expert of the pool answers once, and the question's keywords are found.",
    steps=("recruit", "reason"),
    settings=Settings,
    follow=follow,
)
