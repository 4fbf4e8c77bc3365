"""A run as it is compared: its calls in their rounds, who took part, and what was found of them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from storage.attempt import last_begun
from storage.errors import UnknownRun
from storage.outline import CallOutline
from storage.records import RunRecord
from storage.traces import Traces
from ui.comparison.person import Person, person

_TOLD = (
    *("run_started", "step_started", "experts_recruited"),
    *("answer_extracted", "critique_judged", "candidate_chosen", "solution_rewarded"),
    *("text_split", "text_rewritten"),
)
_VOTES = ("rerank", "detect")
_ASIDE = ("recruit", "answer")


@dataclass(frozen=True, slots=True)
class TracedCall:
    """A call with what its run tells of it.

    `round` counts from 1 how often its step had been entered, and is 0 outside of rounds. `answered` and `judged` say
    whether its answer, or its verdict, was looked for. `chosen` is None where it was no candidate.
    """

    outline: CallOutline
    round: int
    answered: bool
    judged: bool
    stood_by: bool
    changed: bool | None
    chosen: bool | None

    @property
    def stands(self) -> bool:
        """Whether it was not one of two candidates, or the chosen one."""
        return self.chosen is not False


@dataclass(frozen=True, slots=True)
class Trace:
    """A run with all of its calls by name, and those among them that wrote texts to read.

    `experts` are those who took part, in the order they were recruited. `recruiting` is the event ExpertsRecruited,
    `rewards` are the events SolutionRewarded by call. `rewritten` is a checked text as it was and as it came to be, by
    the call that rewrote it.
    """

    run: RunRecord
    calls: dict[str, TracedCall]
    texts: tuple[TracedCall, ...]
    experts: tuple[str, ...]
    recruiting: dict[str, Any] | None
    rewards: dict[str, dict[str, Any]]
    rewritten: dict[str, tuple[str, str]]

    @property
    def people(self) -> list[Person]:
        """Those who took part."""
        return [self.person(expert) for expert in self.experts]

    def person(self, expert: str) -> Person:
        """An expert of the run by its name."""
        return person(self.run.pool_experts, expert)

    def author(self, call: TracedCall) -> str | None:
        """Whose text a call is about."""
        target = self.calls.get(call.outline.target or "")
        return target.outline.expert if target else None

    def refines(self, call: TracedCall) -> bool:
        """Whether a text is known that the call refined."""
        if "detect" in self.run.steps:  # it refines sentences of a text, not what its target said
            return call.outline.name in self.rewritten
        return call.outline.step == "refine" and call.outline.target is not None

    def repeats(self, call: TracedCall) -> bool:
        """Whether it was no candidate, since it holds the same as the one that was written beside it."""
        first = self.calls.get(f"{call.outline.name.rpartition('/')[0]}/0")
        return first is not None and first is not call and bool(first.chosen)

    def candidate(self, expert: str) -> dict[str, Any] | None:
        """How suited an expert was, as in ExpertsRecruited."""
        candidates = self.recruiting["candidates"] if self.recruiting else []
        return next((one for one in candidates if one["expert"] == expert), None)


def trace(traces: Traces, run_id: str) -> Trace:
    """The run of that id. Raises UnknownRun."""
    run = traces.run(run_id)
    if run is None:
        raise UnknownRun(run_id)
    events = traces.told(run_id, *_TOLD)
    by_kind: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _TOLD}
    for event in events[last_begun(events) :]:
        by_kind[event["kind"]][event.get("call") or event.get("subject") or ""] = event
    extracted, judged = by_kind["answer_extracted"], by_kind["critique_judged"]
    chosen = {
        candidate: candidate == choice["chosen"]
        for choice in by_kind["candidate_chosen"].values()
        for candidate in choice["candidates"]
    }
    entering = [event for event in events if event["kind"] in ("run_started", "step_started")]
    calls = {
        call.name: TracedCall(
            outline=call,
            round=_round(call, entering),
            answered=call.name in extracted,
            judged=call.name in judged,
            stood_by=extracted.get(call.name, {}).get("stood_by", False),
            changed=extracted.get(call.name, {}).get("changed"),
            chosen=chosen.get(call.name),
        )
        for call in traces.outline(run_id)
    }
    texts = tuple(call for call in calls.values() if _is_read(call.outline))
    writers = [call.outline.expert for call in texts if call.outline.step not in _ASIDE]
    return Trace(
        run=run,
        calls=calls,
        texts=texts,
        experts=tuple(dict.fromkeys([*(expert.name for expert in run.experts), *writers])),
        recruiting=by_kind["experts_recruited"].get(""),
        rewards=by_kind["solution_rewarded"],
        rewritten=_rewritten(by_kind["text_split"], by_kind["text_rewritten"]),
    )


def _rewritten(
    split: dict[str, dict[str, Any]], rewritten: dict[str, dict[str, Any]]
) -> dict[str, tuple[str, str]]:
    before = next((event["text"] for event in split.values()), "")
    return {call: (before, event["text"]) for call, event in rewritten.items() if call}


def _round(call: CallOutline, entering: list[dict[str, Any]]) -> int:
    """How often the call's step had been entered before it was queued; 0 of steps that are no part of a round.

    `entering` are the events RunStarted and StepStarted.
    """
    if call.step in ("recruit", "reason", "answer"):
        return 0
    entered: Counter[str] = Counter()
    for event in entering:
        if event["seq"] > call.queued_seq:
            break
        if event["kind"] == "run_started":  # a run that goes on enters its steps again
            entered.clear()
        elif event["kind"] == "step_started":
            entered[event["step"]] += 1
    return entered[call.step]


def _is_read(call: CallOutline) -> bool:
    """Whether the call wrote a text that people read: neither scores nor votes."""
    return call.task == "generate" and call.name.partition("/")[0] not in _VOTES
