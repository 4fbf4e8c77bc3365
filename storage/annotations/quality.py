"""How good each expert's critiques are, by what was said of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.critics import smoothed
from storage.annotations.reading import annotations
from storage.annotations.records import Kind
from storage.annotations.tables import AnnotationRow, DecisionRow, ItemRow
from storage.schema import Call, RecordedEvent, Run

POINTS = {"helpful": 1.0, "harmless": 0.5, "harmful": 0.0}
"""What a verdict counts for."""

Critique = tuple[str, str, str]
"""The expert that wrote a critique, its run's id, and its call."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The `mean` of an expert's judged critiques, from 0 to 1, and how many were judged.

    A critique on which annotators differ counts as helpful above 0.75, as harmful below 0.25, else as harmless.
    """

    mean: float
    judged: int
    helpful: int
    harmless: int
    harmful: int


@dataclass(frozen=True, slots=True)
class CriticQuality:
    """The quality of every expert of which a critique was judged, by name.

    `kind` says by whom: by people, or by models where no person has judged any; None where nobody has.
    """

    kind: Kind | None
    critics: Mapping[str, Quality]

    def weights(self) -> dict[str, float]:
        """What the engine weighs critics by."""
        return {name: smoothed(quality.mean, quality.judged) for name, quality in self.critics.items()}


def critic_quality(connection: Connection) -> CriticQuality:
    """How good critics are by all that was finished in and outside queues.

    Every critique counts once: by what was decided about it, else by the mean over its annotators. What was said of a
    text that has changed since does not count.
    """
    said: dict[str, dict[Critique, list[float]]] = {"human": defaultdict(list), "model": defaultdict(list)}
    judged = AnnotationRow.status == "done", AnnotationRow.verdict.is_not(None), Call.step == "critique"
    for one in annotations(connection, *judged):
        if one.verdict and not one.stale:
            said[one.kind][one.critic, one.run, one.call].append(POINTS[one.verdict])
    decided: dict[Critique, list[float]] = defaultdict(list)
    for row in connection.execute(_decided()):
        decided[row.expert, row.run, row.call].append(POINTS[row.verdict])
    kind: Kind = "human" if decided or said["human"] else "model"
    points = {critique: fmean(given) for critique, given in {**said[kind], **decided}.items()}
    by_critic: dict[str, list[float]] = defaultdict(list)
    for (expert, _run, _call), mean in points.items():
        by_critic[expert].append(mean)
    critics = {expert: _quality(means) for expert, means in sorted(by_critic.items())}
    return CriticQuality(kind if critics else None, critics)


def _quality(means: Iterable[float]) -> Quality:
    means = list(means)
    helpful, harmful = sum(mean > 0.75 for mean in means), sum(mean < 0.25 for mean in means)
    return Quality(fmean(means), len(means), helpful, len(means) - helpful - harmful, harmful)


def _decided() -> Select[Any]:
    """The decisions on critiques of kept runs that were made after the critique as it stands was written."""
    columns: tuple[Any, ...] = (Call.expert, Run.id.label("run"), ItemRow.call, DecisionRow.verdict)
    wanted: Select[Any] = select(*columns)
    wanted = wanted.select_from(DecisionRow).join(ItemRow, ItemRow.number == DecisionRow.item)
    wanted = wanted.join(Call, (Call.run == ItemRow.run) & (Call.name == ItemRow.call))
    wanted = wanted.join(Run, Run.number == Call.run).where(Run.deleted_at.is_(None))
    written = (RecordedEvent.run == Call.run) & (RecordedEvent.seq == Call.settled_seq)
    wanted = wanted.join(RecordedEvent, written).where(RecordedEvent.at <= DecisionRow.at)
    return wanted.where(DecisionRow.verdict.is_not(None), Call.step == "critique")
