"""How one of two candidates was chosen by vote (MAMM-Refine, arXiv 2503.15272), as the page tells it."""

from dataclasses import dataclass
from typing import Any

from ui.page_export.people import People, Person


@dataclass(frozen=True, slots=True)
class CastVote:
    """What an expert voted for in a round, and why."""

    round: int
    person: Person
    choice: str
    reasoning: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice between candidates for `subject`. `about` is whose text they are about.

    `calls` are all that have to do with it.
    """

    subject: str
    about: Person
    outcome: str
    votes: tuple[CastVote, ...]
    calls: frozenset[str]


class Reranking:
    """All that a run's events, in `to_json`'s form, say of candidates; `experts` gives each call's expert."""

    def __init__(self, events: list[dict[str, Any]], people: People, experts: dict[str, str]) -> None:
        self._people, self._experts = people, experts
        self._votes: dict[str, dict[str, dict[str, Any]]] = {}
        self._choices: dict[str, dict[str, Any]] = {}
        for event in events:
            if event["kind"] == "candidate_voted":
                self._votes.setdefault(event["subject"], {})[event["call"]] = event
            elif event["kind"] == "candidate_chosen":
                self._choices[event["subject"]] = event

    def chosen(self, call: str) -> bool | None:
        """Whether the call was chosen among candidates; None where it was none of them."""
        for choice in self._choices.values():
            if call in choice["candidates"]:
                return bool(choice["chosen"] == call)
        return None

    def choices(self) -> list[Choice]:
        """Every choice, in order."""
        return [self._choice(subject) for subject in dict.fromkeys([*self._votes, *self._choices])]

    def _choice(self, subject: str) -> Choice:
        votes, choice = list(self._votes.get(subject, {}).values()), self._choices.get(subject)
        candidates = choice["candidates"] if choice else []
        return Choice(
            subject=subject,
            about=self._people[subject.rpartition("/")[2]],
            outcome=self._outcome(votes, choice),
            votes=tuple(
                CastVote(
                    round=vote["round"],
                    person=self._people[vote["expert"]],
                    choice="no vote that could be read"
                    if vote["choice"] is None
                    else f"for {self._name(vote['choice'], candidates)}",
                    reasoning=vote["reasoning"],
                )
                for vote in votes
            ),
            calls=frozenset([*candidates, *(vote["call"] for vote in votes)]),
        )

    def _outcome(self, votes: list[dict[str, Any]], choice: dict[str, Any] | None) -> str:
        if choice is None:
            return f"{len(votes)} votes, and no choice"
        number = choice["candidates"].index(choice["chosen"]) + 1
        name, rounds = self._name(number, choice["candidates"]), choice["rounds"]
        if not votes:
            return f"{name} stands without a vote"
        if choice["agreed"]:
            return f"{name} chosen by all, {'at once' if rounds == 1 else f'in {rounds} rounds'}"
        last = [vote["choice"] for vote in votes if vote["round"] == rounds]
        after = "one round" if rounds == 1 else f"{rounds} rounds"
        return f"{name} chosen without agreement, {last.count(number)} of {len(last)} votes after {after}"

    def _name(self, number: int, candidates: list[str]) -> str:
        """A candidate by its number, and by who wrote it where that is not the same for both."""
        writers = [self._experts.get(call) for call in candidates]
        differ = len(set(writers)) > 1 and number <= len(writers)
        writer = writers[number - 1] if differ else None
        return f"candidate {number}" + (f" ({self._people[writer].title})" if writer else "")
