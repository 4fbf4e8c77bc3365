"""Model judges of a queue, as the page's JavaScript starts, watches and stops them."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from storage.annotations.annotations import Annotations
from ui.accounts.person import Person, require
from ui.annotation.judging import Judging, JudgingState

Owner = Annotated[Person, Depends(require("owner"))]

_NONE = {"running": False, "stopped": False, "items": 0, "done": 0, "failed": 0, "runs": ()}
_NOBODY = {"expert": None, "title": None, "problem": None}


class JudgeNamed(BaseModel):
    """Which expert is to judge."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    expert: str


def judging_routes(judging: Judging, annotations: Annotations) -> APIRouter:
    """Routes under `/annotation/queues`. Each answers how far the queue's judging is, and who could judge.

    What is refused is answered with a sentence, as `ui.refusals` says it. Only the owner has models asked.
    """
    router = APIRouter(prefix="/annotation/queues")

    def told(state: JudgingState | None) -> dict[str, Any]:
        experts = [
            {"name": expert.name, "title": expert.title, "place": place}
            for place, expert in enumerate(judging.experts)
        ]
        return {**(asdict(state) if state else _NONE | _NOBODY), "experts": experts}

    @router.get("/{queue}/judging")
    def state(queue: str, _who: Owner) -> dict[str, Any]:
        """How far the last judging is; the owner's alone to see, as its runs tell what the model says."""
        return told(judging.state(annotations.queue(queue).id))

    @router.post("/{queue}/judge")
    def judge(queue: str, wanted: JudgeNamed, _who: Owner) -> dict[str, Any]:
        """Have an expert judge what it has not judged yet."""
        return told(judging.start(queue, wanted.expert))

    @router.post("/{queue}/judging/stop")
    def stop(queue: str, _who: Owner) -> dict[str, Any]:
        """Stop the judging."""
        return told(judging.stop(annotations.queue(queue).id))

    return router
