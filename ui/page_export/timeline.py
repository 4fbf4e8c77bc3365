"""When each expert did what: a lane for each, drawn as SVG."""

from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Any, Literal

from ui.page_export.people import COLOURS, People, Person
from ui.page_export.queueing import queued_calls
from ui.page_export.wording import seconds

Kind = Literal["queued", "loading", "generating"]

WIDTH = 1000
"""Units of the drawing's width; its height is in pixels."""
TALL, LOW = 16, 5
"""Height of a row of bars in pixels, alone in its lane and among many."""
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """What an expert did from `x` on for `width` units, in row `row` of its lane. Bars of loading have no step."""

    kind: Kind
    step: str
    told: str
    x: float
    width: float
    row: int


@dataclass(slots=True)
class Lane:
    """The bars of one expert; calls that go on at the same time stand in rows below each other."""

    person: Person
    bars: list[Bar] = field(default_factory=list)
    free_from: list[float] = field(default_factory=list)

    @property
    def row_height(self) -> float:
        """Pixels."""
        return max(LOW, TALL / max(1, len(self.free_from)))

    @property
    def height(self) -> float:
        """Pixels."""
        return self.row_height * max(1, len(self.free_from))

    def row(self, start: float, end: float) -> int:
        """The first row that is free from `start` on, taken until `end`."""
        for row, free in enumerate(self.free_from):
            if free <= start:
                self.free_from[row] = end
                return row
        self.free_from.append(end)
        return len(self.free_from) - 1


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis, `share` per cent from its left."""

    share: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lanes in the order of the pool, and the axis below them."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


@dataclass(slots=True)
class _Stretch:
    """A call's times in Unix seconds."""

    expert: str
    step: str
    told: str
    queued: float
    started: float | None = None
    ended: float | None = None

    def happen_later(self, by: float) -> None:
        """Move all times by so many seconds."""
        self.queued += by
        self.started = None if self.started is None else self.started + by
        self.ended = None if self.ended is None else self.ended + by


def timeline(events: list[dict[str, Any]], people: People) -> Timeline | None:
    """The timeline of a run's events, in `to_json`'s form; None where no call was queued."""
    stretches, loadings = _times(events, people)
    if not stretches:
        return None
    first = min(stretch.queued for stretch in stretches)
    last = max(event["at"] for event in events)
    whole = max(last - first, 0.1)
    lanes: dict[str, Lane] = {}

    def draw(expert: str, kind: Kind, step: str, told: str, start: float, end: float, row: int) -> None:
        if end > start:
            scale = WIDTH / whole
            bar = Bar(kind, step, told, (start - first) * scale, max(1.0, (end - start) * scale), row)
            lanes[expert].bars.append(bar)

    for one in stretches:
        lane = lanes.setdefault(one.expert, Lane(people[one.expert]))
        end = one.ended or last
        began = one.started if one.started is not None else end
        row = lane.row(one.queued, end)
        draw(
            one.expert,
            "queued",
            one.step,
            f"{one.told}: queued {seconds(began - one.queued)}",
            one.queued,
            began,
            row,
        )
        draw(one.expert, "generating", one.step, f"{one.told}: {seconds(end - began)}", began, end, row)
    for expert, start, end in loadings:
        if expert in lanes:
            draw(
                expert,
                "loading",
                "",
                f"loading its weights {seconds((end or last) - start)}",
                max(start, first),
                end or last,
                0,
            )
    return Timeline(tuple(sorted(lanes.values(), key=_place)), _ticks(whole))


def _place(lane: Lane) -> int:
    return COLOURS if lane.person.place is None else lane.person.place


def _times(
    events: list[dict[str, Any]], people: People
) -> tuple[list[_Stretch], list[tuple[str, float, float | None]]]:
    stretches: dict[str, _Stretch] = {}
    loadings: list[tuple[str, float, float | None]] = []
    loading: dict[str, float] = {}
    queued = queued_calls(events)
    scorings: dict[tuple[str, str, int], _Stretch] = {}
    before: float | None = None
    for event in events:
        call, at = stretches.get(event.get("call", "")), event["at"]
        match event["kind"]:
            case "run_started" if before is not None:
                # What an interrupted run was loading ended with it, and the time until it went on takes no room.
                loadings += [(expert, start, before) for expert, start in loading.items()]
                loading.clear()
                pause = at - before
                loadings = [(who, start + pause, (end or before) + pause) for who, start, end in loadings]
                for one in _different(stretches):
                    one.happen_later(pause)
            case "call_queued":
                name, asked = event["call"], queued[event["call"]]
                if asked.scores:  # hundreds of times in a row: one stretch for a round of a step
                    key = (event["expert"], asked.step, asked.round)
                    told = f"scoring in {asked.step}"
                    stretches[name] = scorings.setdefault(key, _Stretch(key[0], asked.step, told, at))
                    continue
                about = stretches.get(event["target"] or "") if event["step"] == "critique" else None
                told = (
                    "vote in " * asked.votes
                    + event["step"]
                    + (f" on {people[about.expert].title}" if about else "")
                )
                stretches[name] = _Stretch(event["expert"], event["step"], told, at)
            case "expert_loading":
                loading.setdefault(event["expert"], at)
            case "call_started" | "call_failed" | "call_finished" if call:
                if call.expert in loading:
                    loadings.append((call.expert, loading.pop(call.expert), at))
                if event["kind"] == "call_started":
                    call.started = at if call.started is None else call.started
                else:
                    call.ended = at
        before = at
    loadings += [(expert, at, None) for expert, at in loading.items()]
    return _different(stretches), loadings


def _different(stretches: dict[str, _Stretch]) -> list[_Stretch]:
    """Each stretch once: several calls that score share one."""
    return list({id(stretch): stretch for stretch in stretches.values()}.values())


def _ticks(whole: float) -> tuple[Tick, ...]:
    """Round seconds or minutes, at most a handful."""
    unit = 60 if whole > 180 else 1
    span = whole / unit
    step = next(
        size
        for size in (
            factor * 10 ** (floor(log10(span / _MOST_TICKS)) + up) for up in (0, 1) for factor in (1, 2, 5)
        )
        if span / size <= _MOST_TICKS
    )
    name = "min" if unit == 60 else "s"
    return tuple(
        Tick(100 * step * place / span, f"{step * place:g} {name}")
        for place in range(ceil(span / step) + 1)
        if step * place <= span
    )
