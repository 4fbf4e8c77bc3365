"""Matching keywords to a profile's skills."""

import asyncio
from collections.abc import Sequence

from engine.matching import SkillMatcher
from engine.pool import Expert
from engine.profile import Profile, ProfiledQuestion
from engine.roster import Roster
from engine.runtimes.base import Progress
from engine.skills import Skill
from scripted import ScriptedModel, ScriptedRuntime
from small_pool import pool

SKILLS = ("addition", "anatomy", "law")
QUESTION = ProfiledQuestion(id="1", source="t", kind="math", question="?", gold="1", skills=SKILLS, right={})
ROSTER = Roster(pool("ann"), Profile(pool="tests", made="", made_how="", questions=(QUESTION,)))


class CountedRuntime(ScriptedRuntime):
    """Keeps what its embedders are given, and takes a moment over it."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[tuple[str, ...]] = []

    async def load(self, expert: Expert, progress: Progress) -> ScriptedModel:
        runtime, model = self, await super().load(expert, progress)
        embed = model.embed

        async def counted(texts: Sequence[str]) -> list[list[float]]:
            runtime.embedded.append(tuple(texts))
            await asyncio.sleep(0.01)
            return await embed(texts)

        model.embed = counted  # type: ignore[method-assign]
        return model


async def test_a_profiles_skills_are_embedded_once_however_many_questions_ask_at_once() -> None:
    runtime = CountedRuntime()
    matcher = SkillMatcher(runtime)
    questions = [matcher.match([Skill("additions", 2)], ROSTER) for _ in range(20)]
    _, *matched = await asyncio.gather(matcher.load(ROSTER), *questions)
    assert [skills[0].profile_skill for skills in matched] == ["addition"] * 20
    assert sorted(runtime.embedded) == sorted([SKILLS] + [("additions",)] * 20)
