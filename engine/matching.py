"""Matches a question's keywords to the skills of a profile by embedding."""

import asyncio
from collections.abc import Sequence

from engine.pool import Expert
from engine.profile import Profile
from engine.runtimes.base import Model, Runtime
from engine.skills import Skill, nearest


class SkillMatcher:
    """Keeps the embedder and the profile's skill embeddings once they are loaded."""

    def __init__(self, runtime: Runtime, embedder: Expert, profile: Profile | None) -> None:
        self._runtime = runtime
        self._embedder = embedder
        self._profile_skills = profile.skills() if profile else ()
        self._model: Model | None = None
        self._profile_embeddings: list[list[float]] = []
        self._loading = asyncio.Lock()

    async def load(self) -> Model:
        """Load the embedder and embed the profile's skills, once. Raises UserError when it cannot be loaded."""
        async with self._loading:
            if self._model is None:
                model = await self._runtime.load(self._embedder, lambda _share, _message: None)
                try:
                    self._profile_embeddings = await model.embed(self._profile_skills)
                except BaseException:
                    await model.close()
                    raise
                self._model = model
            return self._model

    async def match(self, skills: Sequence[Skill]) -> list[Skill]:
        """Each skill with its nearest profile skill (top-1 by cosine, no threshold).

        Without a profile, the skills as they are. Raises UserError when the embedder fails.
        """
        if not self._profile_skills or not skills:
            return list(skills)
        model = await self.load()
        embeddings = await model.embed([skill.keyword for skill in skills])
        return nearest(skills, embeddings, self._profile_skills, self._profile_embeddings)

    async def close(self) -> None:
        """Unload the embedder."""
        if self._model:
            await self._model.close()
            self._model = None
