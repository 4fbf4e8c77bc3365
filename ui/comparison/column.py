"""The head of a column: all that stands above its texts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from engine.protocols import PROTOCOLS
from ui.comparison.column_name import ColumnName
from ui.comparison.position import Change, Position, changes, positions
from ui.comparison.trace import Trace, TracedCall

_VERDICTS = ("right", "wrong", "unclear")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run or an expert spent: tokens read, tokens written, and seconds; those of an expert are of its calls."""

    prompt_tokens: int
    tokens: int
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column, of a run or of an expert's trace in it. `answer` is the run's, or the expert's last one.

    `agreement` says whether the expert's last answer is the run's, or how many experts' are: {"agree", "of"}.
    Of a run there are no suitability and probability, and its skills have no score.
    """

    name: ColumnName
    title: str
    place: int
    trace: Trace
    answer: str | None
    correct: bool | None
    agreement: bool | dict[str, int] | None
    figures: Figures
    suitability: float | None
    probability: float | None
    skills: list[dict[str, Any]]
    rewards: list[dict[str, Any]]
    critiques_given: dict[str, int]
    critiques_received: dict[str, int]
    positions: list[Position]
    changes: list[Change]

    @property
    def protocol_title(self) -> str:
        """What the run's protocol is called."""
        return _protocol_title(self.trace.run.protocol)

    def as_json(self) -> dict[str, Any]:
        """The column as plain data."""
        run = self.trace.run
        own = ("title", "place", "answer", "correct", "agreement", "suitability", "probability", "skills")
        told = (*own, "rewards", "critiques_given", "critiques_received")
        return {
            "name": str(self.name),
            "run": self.name.run,
            "expert": self.name.expert,
            **{name: getattr(self, name) for name in told},
            **{name: getattr(run, name) for name in ("question", "protocol", "pool", "created_at")},
            **{name: getattr(run, name) for name in ("status", "batch", "gold")},
            "protocol_title": self.protocol_title,
            **asdict(self.figures),
            "positions": [asdict(position) for position in self.positions],
            "changes": [_as_json(change) for change in self.changes],
        }


def column(name: ColumnName, trace: Trace) -> Column:
    """The head of the column of that name."""
    run, expert = trace.run, name.expert
    who = trace.person(expert) if expert else None
    candidate = (trace.candidate(expert) if expert else None) or {}
    held = positions(trace, expert)
    scores = candidate.get("by_skill", {})
    critiques = [call for call in trace.texts if call.judged]
    agreement: bool | dict[str, int] | None = run.agreement.get(expert) if expert else None
    if expert is None and run.agreement:
        agreement = {"agree": sum(run.agreement.values()), "of": len(run.agreement)}
    last = _last(held, run.answer if agreement is True else None)
    return Column(
        name=name,
        title=who.title if who else _protocol_title(run.protocol),
        place=who.place if who else -1,
        trace=trace,
        answer=(last.answer if last else None) if expert else run.answer,
        correct=(last.correct if last else None) if expert else run.correct,
        agreement=agreement,
        figures=_figures(trace, expert),
        suitability=candidate.get("suitability"),
        probability=candidate.get("probability"),
        skills=[
            {name: skill[name] for name in ("keyword", "profile_skill", "similarity")}
            | {"score": scores.get(skill["profile_skill"])}
            for skill in run.skills
        ],
        rewards=[
            {name: event[name] for name in ("call", "reward", "outcome")}
            for call, event in trace.rewards.items()
            if call in trace.calls and expert in (None, trace.calls[call].outline.expert)
        ],
        critiques_given=_verdicts(call for call in critiques if expert in (None, call.outline.expert)),
        critiques_received=_verdicts(call for call in critiques if expert in (None, trace.author(call))),
        positions=held,
        changes=changes(trace, expert),
    )


def _last(held: list[Position], agreed: str | None) -> Position | None:
    """The last answer of an expert; of one that gave several, that which is its run's, as `agreed` has it."""
    same = [one for one in held if agreed is not None and one.answer == agreed]
    return next(reversed(same or held), None)


def _protocol_title(protocol: str) -> str:
    return PROTOCOLS[protocol].title if protocol in PROTOCOLS else protocol


def _figures(trace: Trace, expert: str | None) -> Figures:
    if expert is None:
        return Figures(trace.run.prompt_tokens, trace.run.tokens, trace.run.seconds)
    own = [call.outline for call in trace.calls.values() if call.outline.expert == expert]
    seconds = [call.seconds - (call.seconds_queued or 0) for call in own if call.seconds is not None]
    return Figures(
        sum(call.prompt_tokens or 0 for call in own),
        sum(call.tokens for call in own),
        sum(seconds) if seconds else None,
    )


def _verdicts(critiques: Iterable[TracedCall]) -> dict[str, int]:
    counted = Counter(call.outline.verdict or "unclear" for call in critiques)
    return {verdict: counted[verdict] for verdict in _VERDICTS}


def _as_json(change: Change) -> dict[str, Any]:
    plain = asdict(change)
    return plain | {"from": plain.pop("before"), "to": plain.pop("after")}
