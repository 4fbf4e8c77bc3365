"""What a person does to recorded runs, as the pages' JavaScript asks for it."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from storage.curation import Curation


class ChosenRuns(BaseModel):
    """Runs by id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    runs: tuple[str, ...]


class NewMarks(BaseModel):
    """The tags and the note a run is to have; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tags: tuple[str, ...] | None = None
    note: str | None = None


def curation_routes(curation: Curation) -> APIRouter:
    """Routes under `/record/runs`. What is refused is answered with a sentence, as `ui.refusals` says it."""
    router = APIRouter(prefix="/record/runs")

    @router.post("/delete")
    def delete(chosen: ChosenRuns) -> dict[str, int]:
        """Take the runs out of sight; how many there were."""
        return {"deleted": curation.delete(chosen.runs)}

    @router.post("/restore")
    def restore(chosen: ChosenRuns) -> dict[str, int]:
        """Bring deleted runs back; how many there were."""
        return {"restored": curation.restore(chosen.runs)}

    @router.get("/{run}/curation")
    def marks(run: str) -> dict[str, Any]:
        """The run's tags and note."""
        return asdict(curation.of(run))

    @router.post("/{run}/curation")
    def mark(run: str, new: NewMarks) -> dict[str, Any]:
        """Give the run tags, a note or both; what it has then."""
        return asdict(curation.mark(run, tags=new.tags, note=new.note))

    return router
