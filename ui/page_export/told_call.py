"""A model call as the page tells it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from engine.answers import visible
from storage.records import CallRecord
from ui.changes import Change, changes
from ui.page_export.people import People, Person
from ui.page_export.queueing import Queued
from ui.page_export.reranking import Reranking
from ui.page_export.rewards import Reward, Rewards
from ui.page_export.wording import count, row, seconds

JUDGEMENTS = {
    "error": "✗ finds an error",
    "agrees": "✓ agrees",
    "misses": "≈ misses the error",
    "none": "no verdict",
}

ENDLESS = 100_000
"""Characters of a text that is folded, since a browser takes seconds to lay it out."""

GLIMPSE = 240
"""Characters of a text that are shown of it while it is folded."""


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A call with what was read from it. `first` is the call that a refinement refines, or a critique criticises.

    `round` counts how often its step had been entered. `chosen` says whether it was, where it was one of two
    candidates; `label` is what it is called among solutions: 7, or 7.2 for what became of that in round 2.
    `judged` says whether the call's answer was looked for, `stood_by` and `changed` are as in AnswerExtracted.
    """

    call: CallRecord
    person: Person
    first: CallRecord | None
    author: Person | None
    over: bool
    judged: bool
    stood_by: bool
    changed: bool | None
    round: int
    chosen: bool | None
    reward: Reward | None
    label: str

    @property
    def text(self) -> str:
        """What the expert wrote."""
        return self.call.text

    @property
    def endless(self) -> bool:
        """Whether the text is too long to be laid out before somebody wants it."""
        return len(self.text) > ENDLESS

    @property
    def state(self) -> str:
        """How the call ended."""
        if self.call.status == "done":
            return "done, cut off at its limit" if self.call.finish_reason == "length" else "done"
        return {"failed": "failed", "cancelled": "stopped"}.get(
            self.call.status, "stopped" if self.over else "interrupted"
        )

    @property
    def numbers(self) -> str:
        """Tokens, seconds of generating, and tokens a second."""
        call = self.call
        if not call.tokens:
            return ""
        spent = call.seconds - (call.seconds_queued or 0) if call.seconds is not None else None
        rate = f"{call.tokens / spent:.1f} tokens/s" if spent and spent > 0 else ""
        return row(count(call.tokens, "token"), seconds(spent) if spent is not None else "", rate)

    @property
    def judgement(self) -> str:
        """Of a critique: one of JUDGEMENTS. It misses an error when it calls right what is known to be wrong."""
        if self.call.verdict == "wrong":
            return "error"
        if self.call.verdict == "right":
            return "misses" if self.first is not None and self.first.correct is False else "agrees"
        return "none"

    @property
    def first_line(self) -> str:
        """The first line that says something."""
        return next((line.strip() for line in self.text.splitlines() if line.strip()), "")

    @property
    def glimpse(self) -> str:
        """Its first words, for a panel that unfolds; of a failed call what went wrong."""
        text = (self.call.error or "") if self.call.status == "failed" else self.text
        return " ".join(text[:GLIMPSE].split())

    @property
    def moved(self) -> str:
        """Of a refinement: whether it changed the answer, in words."""
        if not self.judged or self.first is None:
            return ""
        if not self.changed:
            return "stood by its answer" if self.stood_by else "kept its answer"
        return f"changed its answer: {answered(self.first)} → {answered(self.call)}"

    @property
    def changes(self) -> list[Change]:
        """Of a refinement: what changed against the first text; empty where it stands by it or nothing did."""
        if self.stood_by or self.first is None or {self.first.status, self.call.status} != {"done"}:
            return []
        found = changes(visible(self.first.text), visible(self.text))
        return found if any(change.operation != "kept" for change in found) else []


def answered(call: CallRecord) -> str:
    """What the call answers, with whether that is right where it is known."""
    judged = {None: "", True: " ✓", False: " ✗"}[call.correct]
    return f"{call.answer if call.answer is not None else 'no answer'}{judged}"


def told_calls(
    calls: list[CallRecord],
    queued: dict[str, Queued],
    people: People,
    events: list[dict[str, Any]],
    rewards: Rewards,
    reranking: Reranking,
    *,
    over: bool,
) -> list[ToldCall]:
    """The calls in their order, with what `events` say of them. `over` where the run was ended by the engine."""
    labels = _labels(calls, queued)
    by_name = {call.name: call for call in calls}
    extracted = {event["call"]: event for event in events if event["kind"] == "answer_extracted"}
    told = []
    for call in calls:
        first = by_name.get(call.target or "")
        found = extracted.get(call.name, {})
        told.append(
            ToldCall(
                call=call,
                person=people[call.expert],
                first=first,
                author=people[first.expert] if first else None,
                over=over,
                judged=bool(found),
                stood_by=found.get("stood_by", False),
                changed=found.get("changed"),
                round=queued[call.name].round,
                chosen=reranking.chosen(call.name),
                reward=rewards.of(call.name),
                label=labels[call.name],
            )
        )
    return told


def _labels(calls: list[CallRecord], queued: dict[str, Queued]) -> dict[str, str]:
    labels: dict[str, str] = {}
    firsts: Counter[str] = Counter()
    for call in calls:
        if call.target in labels:
            labels[call.name] = f"{labels[call.target]}.{queued[call.name].round}"
        else:
            firsts[call.step] += 1
            labels[call.name] = str(firsts[call.step])
    return labels
