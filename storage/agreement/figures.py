"""What is known of the agreement between annotators. A figure that is not defined is None, and `reason` says why."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person or a model that annotates."""

    name: str
    kind: Literal["human", "model"]
    model: str | None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha over the `values` in those `units` that have two or more."""

    alpha: float | None
    units: int
    values: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LabelAlpha:
    """Alpha of whether one label is used on an item, and how many annotations use it."""

    label: str
    title: str
    used: int
    alpha: Alpha


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of two over `items`, and the share of them on which they agree."""

    kappa: float | None
    items: int
    agreed: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LabelOverlap:
    """The overlap of what two marked with one label, over the items where either used it."""

    label: str
    f1: float | None
    items: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of what two marked is the same, by character, in the mean over `items`."""

    f1: float | None
    items: int
    by_label: tuple[LabelOverlap, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two annotators over the `items` that both judged."""

    first: str
    second: str
    items: int
    verdict: Kappa
    labels: Kappa
    spans: Overlap


@dataclass(frozen=True, slots=True)
class Figures:
    """The agreement of a group of annotators. In `labels` a unit is an item and a label."""

    verdict: Alpha
    followed: Alpha
    labels: Alpha
    by_label: tuple[LabelAlpha, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """A model judge against the people: against what most of them say, and against what each of them marked."""

    judge: str
    model: str | None
    verdict: Kappa
    labels: Kappa
    spans: Overlap


@dataclass(frozen=True, slots=True)
class AnnotatorCount:
    """An annotator and how many of their annotations are counted."""

    name: str
    kind: Literal["human", "model"]
    model: str | None
    annotations: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over a queue. `shared` of its annotated `items` have two or more annotations.

    `stale` annotations, whose text has changed since, are left out of all figures. `people` is None where no
    model judges: it would equal `everyone`.
    """

    items: int
    shared: int
    annotations: int
    stale: int
    annotators: tuple[AnnotatorCount, ...]
    everyone: Figures
    people: Figures | None
    judges: tuple[Judge, ...]
