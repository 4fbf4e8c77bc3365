"""The pairs that a queue's runs give."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Any

from storage.annotations.annotations import Annotations
from storage.annotations.matching import CRITICAL_STEPS
from storage.annotations.records import Annotation
from storage.attempt import last_begun
from storage.preferences.pair import pair
from storage.preferences.verdicts import RANK, verdicts
from storage.records import CallRecord
from storage.traces import Traces

Calls = Mapping[str, CallRecord]


def preference_pairs(
    traces: Traces, annotations: Annotations, queue_id: str, *, voted: bool = False
) -> Iterator[dict[str, Any]]:
    """The pairs of a queue's runs, one run at a time; rows as `storage.preferences.pair` has them.

    Of two critiques of the same text the more helpful one is chosen. A refinement that made a wrong answer right is
    chosen over the answer, and rejected where it made a right one wrong. With `voted` also what experts chose by vote
    over its rival, where no verdict says which is better. Raises UnknownQueue.
    """
    verdict_of = {decision.item: decision.verdict for decision in annotations.decisions(queue_id)}
    said = defaultdict[str, list[Annotation]](list)
    for annotation in annotations.of_queue(queue_id):
        said[annotation.run].append(annotation)
    decided = defaultdict[str, dict[str, str]](dict)
    items = annotations.items(queue_id)
    for item in items:
        if verdict := verdict_of.get(item.id):
            decided[item.run][item.call] = verdict
    for run in dict.fromkeys(item.run for item in items):
        calls = {call.name: call for call in traces.calls(run) if call.status == "done" and call.text}
        judged = verdicts(said[run], decided[run])
        yield from _critiques(run, calls, judged)
        yield from _refinements(run, calls)
        if voted:
            yield from _votes(run, calls, judged, traces.told(run, "run_started", "candidate_chosen"))


def _critiques(run: str, calls: Calls, judged: Mapping[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    about = defaultdict[str, list[CallRecord]](list)
    for name in judged:
        call = calls.get(name)
        if call is not None and call.step in CRITICAL_STEPS and call.target is not None:
            about[call.target].append(call)
    for critiques in about.values():
        for better, worse in permutations(critiques, 2):
            chosen, rejected = judged[better.name], judged[worse.name]
            if RANK[chosen[0]] > RANK[rejected[0]]:
                why = {"verdicts": [chosen[0], rejected[0]], "by": [chosen[1], rejected[1]]}
                yield pair(run, "critique", better, worse, better, **why)


def _refinements(run: str, calls: Calls) -> Iterator[dict[str, Any]]:
    for refined in calls.values():
        first = calls.get(refined.target or "")
        if refined.step != "refine" or first is None or None in (first.correct, refined.correct):
            continue
        if first.correct != refined.correct:
            chosen, rejected = (refined, first) if refined.correct else (first, refined)
            change = "wrong to right" if refined.correct else "right to wrong"
            yield pair(run, "refinement", chosen, rejected, first, change=change)


def _votes(
    run: str, calls: Calls, judged: Mapping[str, tuple[str, str]], events: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for event in events[last_begun(events) + 1 :]:
        if not event["rounds"]:
            continue
        chosen = calls.get(event["chosen"])
        for name in event["candidates"]:
            rejected = calls.get(name)
            if chosen and rejected and chosen != rejected and not {chosen.name, name} <= judged.keys():
                yield pair(run, "vote", chosen, rejected, chosen, agreed=event["agreed"])
