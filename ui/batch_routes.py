"""Batches as the pages' JavaScript reads them."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from storage.batches import Batches


def batch_routes(batches: Batches) -> APIRouter:
    """Routes under `/record/batches`. An unknown batch is answered 404 with a sentence."""
    router = APIRouter(prefix="/record/batches")

    @router.get("")
    def listed() -> list[dict[str, Any]]:
        """All batches, newest first, each {batch, figures}."""
        return [asdict(summary) for summary in batches.page()]

    @router.get("/{batch}")
    def results(batch: str) -> dict[str, Any]:
        """What came of one batch."""
        return asdict(batches.results(batch))

    @router.get("/{batch}/against/{other}")
    def against(batch: str, other: str) -> dict[str, Any]:
        """One batch beside another, question by question."""
        return asdict(batches.against(batch, other))

    return router
