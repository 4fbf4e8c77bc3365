"""What experts answered, and who changed the answer after whose critique."""

from collections.abc import Iterator
from dataclasses import dataclass

from ui.comparison.person import Person
from ui.comparison.trace import Trace, TracedCall

_JUDGED = {True: "right", False: "wrong"}
_CRITICISING = ("critique", "review")


@dataclass(frozen=True, slots=True)
class Position(Person):
    """What an expert answered: in round 0 when it reasoned, in round n after the nth refinement."""

    round: int
    call: str
    answer: str | None
    correct: bool | None
    stood_by: bool


@dataclass(frozen=True, slots=True)
class Critic(Person):
    """Who wrote a critique that a refinement was shown, and its verdict."""

    call: str
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Change(Person):
    """A refinement that changed the answer. `kind` is right→wrong, wrong→right or other."""

    round: int
    call: str
    before: str | None
    after: str | None
    kind: str
    critics: tuple[Critic, ...]


def positions(trace: Trace, expert: str | None) -> list[Position]:
    """What an expert answered, or all experts, in order; a refinement that was not chosen is nobody's position."""
    return [
        Position(
            *_named(trace, call.outline.expert),
            round=call.round,
            call=call.outline.name,
            answer=_held(trace, call).outline.answer,
            correct=_held(trace, call).outline.correct,
            stood_by=call.stood_by,
        )
        for call in _answering(trace, expert)
    ]


def changes(trace: Trace, expert: str | None) -> list[Change]:
    """The refinements of an expert, or of all, that changed the answer, in order."""
    found = []
    for call in _answering(trace, expert):
        first = trace.calls.get(call.outline.target or "")
        if call.changed and first is not None and call.outline.step == "refine":
            before, after = _held(trace, first).outline, call.outline
            judged = _JUDGED.get(before.correct), _JUDGED.get(after.correct)  # type: ignore[arg-type]
            known = None not in judged and judged[0] != judged[1]
            found.append(
                Change(
                    *_named(trace, after.expert),
                    round=call.round,
                    call=after.name,
                    before=before.answer,
                    after=after.answer,
                    kind=f"{judged[0]}→{judged[1]}" if known else "other",
                    critics=tuple(_critics(trace, call)),
                )
            )
    return found


def _answering(trace: Trace, expert: str | None) -> Iterator[TracedCall]:
    """The answers that stood. Of two refinements that said the same nobody chose one: the first stands for both."""
    refined: set[tuple[str | None, int]] = set()
    for call in trace.texts:
        own = expert is None or call.outline.expert == expert
        if not (own and call.answered and call.stands and call.outline.step in ("reason", "refine")):
            continue
        if call.outline.step == "refine":
            if (call.outline.target, call.round) in refined:
                continue
            refined.add((call.outline.target, call.round))
        yield call


def _held(trace: Trace, call: TracedCall) -> TracedCall:
    """The call whose answer holds after this one: the one that it stands by, where it does without naming it again."""
    while call.stood_by and call.outline.answer is None and call.outline.target in trace.calls:
        call = trace.calls[call.outline.target]
    return call


def _critics(trace: Trace, refinement: TracedCall) -> Iterator[Critic]:
    """Whose critiques of the same text, in the same round, the refinement was shown."""
    for call in trace.texts:
        outline = call.outline
        shown = outline.step in _CRITICISING and outline.status == "done" and call.stands
        if shown and outline.target == refinement.outline.target and call.round == refinement.round:
            yield Critic(*_named(trace, outline.expert), call=outline.name, verdict=outline.verdict)


def _named(trace: Trace, expert: str) -> tuple[str, str, int]:
    who = trace.person(expert)
    return who.expert, who.title, who.place
