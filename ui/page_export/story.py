"""A run as its page tells it."""

from dataclasses import dataclass
from typing import Any

from storage.attempt import last_attempt, last_begun
from storage.errors import UnknownRun
from storage.records import RunRecord
from storage.traces import Traces
from ui.page_export.aggregation import aggregation
from ui.page_export.checked_text import CheckedText, checked_text
from ui.page_export.chosen_critics import ChosenCritics
from ui.page_export.people import People, Person
from ui.page_export.queueing import queued_calls
from ui.page_export.reranking import Reranking
from ui.page_export.rewards import Rewards
from ui.page_export.sections import Section, sections
from ui.page_export.suitability import Suitability, suitability
from ui.page_export.timeline import Timeline, timeline
from ui.page_export.told_call import ToldCall, told_calls
from ui.page_export.wording import count, row, seconds

_STATUSES = {
    "running": "The run was still going on when this page was made.",
    "stopped": "Stopped. What the experts had written by then is kept.",
    "interrupted": "Interrupted: Disputatio ended while this run was going on. What was recorded by then is shown.",
}


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether an expert's last answer equals the final one."""

    person: Person
    agrees: bool
    answer: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """A run with all that its page shows. `suitability`, `timeline` and `checked` are None where the run has none.

    `calls` are those with a text to read; `asked` counts the votes as well, `scorings` the calls that gave scores.
    `aggregator` says who aggregated and why, where somebody did.
    """

    run: RunRecord
    people: People
    calls: list[ToldCall]
    suitability: Suitability | None
    samples: int
    timeline: Timeline | None
    notices: list[str]
    checked: CheckedText | None
    rewards: Rewards
    reranking: Reranking
    chosen_critics: ChosenCritics
    aggregator: str
    asked: int
    scorings: int

    @property
    def sections(self) -> list[Section]:
        """What is told of the steps that have something to show, in order."""
        recruited = bool(self.suitability or self.run.skills)
        return sections(self.run.steps, self.calls, self.rewards, self.reranking, recruited=recruited)

    @property
    def state(self) -> str:
        """How the run ended, in a sentence; empty where it is done."""
        if self.run.status == "failed":
            return f"The run failed. {self.run.error or ''}".strip()
        return _STATUSES.get(self.run.status, "")

    @property
    def numbers(self) -> str:
        """Tokens, seconds and calls of the whole run."""
        run = self.run
        scorings = count(self.scorings, "scoring") if self.scorings else ""
        return row(count(run.tokens, "token"), seconds(run.seconds), count(self.asked, "call"), scorings)

    @property
    def votes(self) -> list[Vote]:
        """Who agreed with the answer; nobody where there is none, or solutions voted by their rewards."""
        if self.run.answer is None or self.rewards.weights:
            return []
        last = {
            told.call.expert: told.call.answer
            for told in self.calls
            if told.call.step in ("reason", "refine") and told.chosen is not False
        }
        return [
            Vote(self.people[name], agrees, last.get(name)) for name, agrees in self.run.agreement.items()
        ]

    @property
    def agreement(self) -> str:
        """How many agreed, in words."""
        votes = self.votes
        agreeing = sum(vote.agrees for vote in votes)
        if not votes:
            return ""
        if not agreeing:
            return f"No consensus: none of {len(votes)} experts gave this answer"
        return f"{'No consensus: ' if agreeing * 2 <= len(votes) else ''}{agreeing} of {len(votes)} agree"

    @property
    def changed_minds(self) -> list[tuple[ToldCall, list[Person]]]:
        """The refinements that changed their answer, each with the critics that had found an error in the first one."""
        return [
            (
                told,
                [
                    other.person
                    for other in self.calls
                    if other.call.target == told.first.name and other.judgement == "error"
                ],
            )
            for told in self.calls
            if told.call.step == "refine"
            and told.changed
            and told.first is not None
            and told.chosen is not False
        ]

    @property
    def taking_part(self) -> list[Person]:
        """Every expert with a call, once."""
        return list({told.call.expert: told.person for told in self.calls}.values())

    @property
    def refined(self) -> bool:
        """Whether any refinement was judged by whom it changed, not by its reward."""
        return not self.rewards.weights and any(
            told.judged for told in self.calls if told.call.step == "refine"
        )


def story(traces: Traces, run_id: str) -> Story:
    """The run of that id. Raises UnknownRun."""
    run = traces.run(run_id)
    if run is None:
        raise UnknownRun(run_id)
    attempt = last_attempt(traces.events(run_id))
    events = _as_it_went_on(attempt)
    people = People(run.pool_experts)
    recruited = _of_kind(events, "experts_recruited")
    found = _of_kind(events, "skills_found")
    over = run.status not in ("running", "interrupted")
    queued, rewards = queued_calls(attempt), Rewards(events)
    all_calls = traces.calls(run_id)
    reranking = Reranking(events, people, {call.name: call.expert for call in all_calls})
    calls = [call for call in all_calls if queued[call.name].tells]
    return Story(
        run=run,
        people=people,
        calls=told_calls(calls, queued, people, events, rewards, reranking, over=over),
        suitability=suitability(recruited, people) if recruited and recruited["candidates"] else None,
        samples=found["samples"] if found else 0,
        timeline=timeline(attempt, people),
        notices=[event["message"] for event in events if event["kind"] == "noticed"],
        checked=checked_text(events, people),
        rewards=rewards,
        reranking=reranking,
        chosen_critics=ChosenCritics(events, people),
        aggregator=aggregation(_of_kind(events, "aggregator_chosen"), people),
        asked=sum(not call.scores for call in queued.values()),
        scorings=sum(call.scores for call in queued.values()),
    )


def _as_it_went_on(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events, less what an interrupted run told before it went on: it tells everything but its calls anew."""
    begun = last_begun(events)
    return [event for event in events[:begun] if event["kind"].startswith("call_")] + events[begun:]


def _of_kind(events: list[dict[str, Any]], kind: str) -> dict[str, Any] | None:
    return next((event for event in events if event["kind"] == kind), None)
