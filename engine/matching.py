"""Matches a question's keywords to the skills of a profile by embedding."""

import asyncio
from collections.abc import Sequence

from engine.errors import ModelLost
from engine.pool import Expert
from engine.roster import Roster
from engine.runtimes.base import Model, Runtime
from engine.skills import Skill, nearest


class SkillMatcher:
    """Keeps every embedder and the embeddings of every profile's skills once a roster needed them.

    Rosters with the same embedder share it, and those with the same skills share their embeddings.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._embedders: dict[Expert, Model] = {}
        self._embeddings: dict[tuple[Expert, tuple[str, ...]], list[list[float]]] = {}
        self._loading = asyncio.Lock()
        self._embedding = asyncio.Lock()

    async def load(self, roster: Roster) -> None:
        """Load the roster's embedder and embed its profile's skills, once. Raises UserError when that fails."""
        skills = roster.profile.skills() if roster.profile else ()
        await self._embeddings_of(roster.pool.embedder, skills)

    async def match(self, skills: Sequence[Skill], roster: Roster) -> list[Skill]:
        """Each skill with the nearest skill of the roster's profile (top-1 by cosine, no threshold).

        Without a profile, the skills as they are. Raises UserError when the embedder fails.
        """
        known = roster.profile.skills() if roster.profile else ()
        if not known or not skills:
            return list(skills)
        embedder = roster.pool.embedder
        known_embeddings = await self._embeddings_of(embedder, known)
        embeddings = await self._embed(embedder, [skill.keyword for skill in skills])
        return nearest(skills, embeddings, known, known_embeddings)

    async def close(self) -> None:
        """Unload the embedders."""
        embedders, self._embedders = self._embedders, {}
        await asyncio.gather(*(model.close() for model in embedders.values()))

    async def _embeddings_of(self, embedder: Expert, skills: tuple[str, ...]) -> list[list[float]]:
        async with self._embedding:  # all questions of a batch come here at once
            if (embedder, skills) not in self._embeddings:
                self._embeddings[embedder, skills] = await self._embed(embedder, skills)
            return self._embeddings[embedder, skills]

    async def _embed(self, embedder: Expert, texts: Sequence[str]) -> list[list[float]]:
        async with self._loading:
            if embedder not in self._embedders:
                self._embedders[embedder] = await self._runtime.load(embedder, lambda _share, _message: None)
            model = self._embedders[embedder]
        try:
            return await model.embed(texts)
        except ModelLost:
            self._embedders.pop(embedder, None)  # its process has ended: the next question loads it again
            raise
