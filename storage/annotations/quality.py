"""How good each expert's critiques are, by what was said of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.critics import smoothed
from storage.annotations.records import Kind
from storage.annotations.tables import AnnotationRow, DecisionRow, ItemRow
from storage.schema import Call, Run

POINTS = {"helpful": 1.0, "harmless": 0.5, "harmful": 0.0}
"""What a verdict counts for."""

Critique = tuple[str, int, str]
"""The expert that wrote a critique, its run's number, and its call."""


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

    Every critique counts once: by what was decided about it, else by the mean over its annotators.
    """
    said: dict[str, dict[Critique, list[float]]] = {"human": defaultdict(list), "model": defaultdict(list)}
    for row in connection.execute(_annotated()):
        said[row.kind][row.expert, row.run, row.call].append(POINTS[row.verdict])
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


def _annotated() -> Select[Any]:
    columns: list[Any] = [
        Call.expert,
        AnnotationRow.run,
        AnnotationRow.call,
        AnnotationRow.kind,
        AnnotationRow.verdict,
    ]
    wanted: Select[Any] = select(*columns).where(AnnotationRow.status == "done")
    wanted = wanted.join(Call, (Call.run == AnnotationRow.run) & (Call.name == AnnotationRow.call))
    return _of_kept_critiques(wanted.where(AnnotationRow.verdict.is_not(None)))


def _decided() -> Select[Any]:
    columns: list[Any] = [Call.expert, ItemRow.run, ItemRow.call, DecisionRow.verdict]
    wanted: Select[Any] = select(*columns).select_from(DecisionRow)
    wanted = wanted.join(ItemRow, ItemRow.number == DecisionRow.item)
    wanted = wanted.join(Call, (Call.run == ItemRow.run) & (Call.name == ItemRow.call))
    return _of_kept_critiques(wanted.where(DecisionRow.verdict.is_not(None)))


def _of_kept_critiques(wanted: Select[Any]) -> Select[Any]:
    kept = wanted.join(Run, Run.number == Call.run).where(Run.deleted_at.is_(None))
    return kept.where(Call.step == "critique")
