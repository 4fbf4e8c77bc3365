"""A run as exports to other programs read it: all of it, with its annotations, put in order."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from storage.annotations.annotations import Annotations
from storage.annotations.records import Annotation
from storage.attempt import last_attempt
from storage.errors import UnknownRun
from storage.exports.chronology import Chronology, chronology
from storage.records import CallRecord, RunRecord
from storage.traces import Traces


@dataclass(frozen=True, slots=True)
class ToldRun:
    """A run, its calls in the order they were asked, its times, and the finished annotations of each call."""

    run: RunRecord
    calls: tuple[CallRecord, ...]
    times: Chronology
    annotations: dict[str, list[Annotation]]

    @classmethod
    def read(cls, traces: Traces, annotations: Annotations, run_id: str) -> "ToldRun":
        """Read the run. Raises UnknownRun."""
        run = traces.run(run_id)
        if run is None:
            raise UnknownRun(run_id)
        by_call = defaultdict[str, list[Annotation]](list)
        for annotation in annotations.of_run(run_id):
            by_call[annotation.call].append(annotation)
        calls = tuple(traces.calls(run_id))
        return cls(run, calls, chronology(last_attempt(traces.events(run_id))), dict(by_call))

    def expert(self, name: str) -> dict[str, Any]:
        """An expert of the run's pool: name, title, model; of one who is not there the name alone."""
        return next((one for one in self.run.pool_experts if one["name"] == name), {"name": name})

    def model(self, expert: str) -> str:
        """The model of an expert, its name where that is not known."""
        return str(self.expert(expert).get("model") or expert)

    def agents(self, step: int) -> Iterator[tuple[str, list[CallRecord]]]:
        """Who was asked in a step (its index), in order, each with their calls."""
        by_expert = defaultdict[str, list[CallRecord]](list)
        for call in self.calls:
            if self.times.calls[call.name].step == step:
                by_expert[call.expert].append(call)
        yield from by_expert.items()

    def author(self, call: CallRecord) -> str | None:
        """The expert whose text a call is about."""
        return next((other.expert for other in self.calls if other.name == call.target), None)


def told_annotation(annotation: Annotation) -> dict[str, Any]:
    """An annotation as metadata: who said what, without numbers of this record."""
    told = asdict(annotation)
    for name in ("id", "item", "status", "revision", "run"):
        del told[name]
    return told


def told_run(told: ToldRun) -> dict[str, Any]:
    """What of a run is metadata: how it was made and what came of it."""
    run = told.run
    names = (
        "protocol",
        "pool",
        "runtime",
        "seed",
        "settings",
        "status",
        "correct",
        "agreement",
        "skills",
        "source",
    )
    return {
        "run": run.id,
        **{name: getattr(run, name) for name in (*names, "category", "question_id", "batch", "error")},
        "experts": [told.expert(expert.name) for expert in run.experts],
        "tags": list(run.tags),
        "note": run.note,
    }
