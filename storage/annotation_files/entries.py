"""Annotations as plain data that stands for itself: what was judged, by whom, and how."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from storage.annotations.annotations import Annotations
from storage.annotations.item_context import ItemContext, Passage
from storage.annotations.queue_records import Queue
from storage.annotations.records import Annotation
from storage.errors import UnknownRun
from storage.traces import Traces

FORMAT = "disputatio-annotation/1"
"""What every entry says it is."""

_RUNS = 16
"""Annotations of one run mostly follow each other: so many runs are kept at hand."""


class Entries:
    """The finished annotations of queues as entries; one at a time, however many there are."""

    def __init__(self, traces: Traces, annotations: Annotations) -> None:
        self._annotations = annotations
        self._told_run = lru_cache(_RUNS)(lambda run: _told_run(traces, run))

    def of_queue(self, queue_id: str) -> Iterator[dict[str, Any]]:
        """An entry for every finished annotation of the queue, oldest first. Raises UnknownQueue.

        Names of experts are told even where the queue hides them from its annotators.
        """
        queue = self._annotations.queue(queue_id)
        decisions = {decision.item: asdict(decision) for decision in self._annotations.decisions(queue_id)}
        for annotation in self._annotations.of_queue(queue_id):
            decision = decisions.get(annotation.item or -1)
            yield self._entry(annotation, queue, decision)

    def _entry(self, annotation: Annotation, queue: Queue, decision: dict[str, Any] | None) -> dict[str, Any]:
        context = self._annotations.context_of(annotation.run, annotation.call)
        own = asdict(annotation)
        for name in ("id", "item", "status", "revision"):
            del own[name]
        return {
            "format": FORMAT,
            **own,
            "queue": _told_queue(queue),
            "text_hash": context.critique.text_hash,
            "decision": decision and {name: value for name, value in decision.items() if name != "item"},
            "context": self._told_context(context),
        }

    def _told_context(self, context: ItemContext) -> dict[str, Any]:
        run = self._told_run(context.run)
        passages = {"critique": context.critique, "target": context.target, "refined": context.refined}
        return {
            "question": context.question,
            "choices": list(context.choices),
            "document": context.document,
            "gold": context.gold,
            "protocol": run["protocol"],
            "pool": run["pool"],
            "verdict": context.verdict,
            "shown": context.shown,
            **{role: passage and _told_passage(passage, run["models"]) for role, passage in passages.items()},
        }


def _told_run(traces: Traces, run_id: str) -> dict[str, Any]:
    run = traces.run(run_id)
    if run is None:
        raise UnknownRun(run_id)
    models = {expert["name"]: expert.get("model") for expert in run.pool_experts}
    return {"protocol": run.protocol, "pool": run.pool, "models": models}


def _told_queue(queue: Queue) -> dict[str, Any]:
    told = asdict(queue)
    del told["schema"], told["items"]
    return {**told, "label_schema": queue.schema.model_dump(mode="json")}


def _told_passage(passage: Passage, models: dict[str, str | None]) -> dict[str, Any]:
    told = asdict(passage)
    del told["role"], told["place"]
    return {**told, "model": models.get(passage.expert)}
