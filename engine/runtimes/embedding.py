"""Sentence embeddings with sentence-transformers, on the CPU."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from sentence_transformers import SentenceTransformer

from engine.runtimes.base import Progress


class EmbeddingModel:
    """A sentence-transformers folder; it embeds."""

    def __init__(self, path: Path, progress: Progress) -> None:
        progress(0.3, "reading weights")
        self._model = SentenceTransformer(str(path), device="cpu", local_files_only=True)
        self._turn = asyncio.Lock()

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of unit length per text."""
        async with self._turn:
            vectors = await asyncio.to_thread(
                self._model.encode, list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return [vector.tolist() for vector in vectors]
