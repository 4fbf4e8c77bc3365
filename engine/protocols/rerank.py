"""Choosing one of two candidates by vote: MAMM-Refine's RERANK (arXiv 2503.15272)."""

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

from engine import events
from engine.answers import visible
from engine.panel import Panel
from engine.pool import Expert
from engine.prompts import Opinion
from engine.protocols.debate import Ballot, Plain, Vote, debate
from engine.runtimes.base import Message
from engine.scheduler import Reply

Choosing = Callable[[Reply, Reply, Sequence[Opinion]], tuple[Message, ...]]
"""How agents are asked which of two replies is better, given the opinions of the round before."""


class CandidateVote(Ballot):
    """A vote for one of two candidates."""

    answer: Annotated[Literal["1", "2"], Plain]


async def rerank(
    panel: Panel,
    agents: Sequence[Expert],
    subject: str,
    candidates: Sequence[Reply],
    prompt: Choosing,
    rounds: int,
) -> Reply:
    """The better of two candidates for `subject`, as the agents vote until they agree, or `rounds` rounds are over.

    Each vote and the choice go on the record. Without agreement the first agent's last vote holds; where nobody gave
    one that could be read, the first candidate stands. No call is made for a candidate that is alone, or that
    reads like the other. Raises ValueError for no candidate, or more than two.
    """
    if not 1 <= len(candidates) <= 2:
        raise ValueError(f"one or two candidates are reranked, not {len(candidates)}")
    first, second = candidates[0], candidates[-1]

    def tell(vote: Vote) -> None:
        panel.tell(
            events.CandidateVoted,
            call=vote.call,
            subject=subject,
            round=vote.round,
            expert=vote.expert.name,
            choice=None if vote.answer is None else int(vote.answer),
            reasoning=vote.reasoning,
        )

    chosen, taken, agreed = first, 0, True
    if visible(first.text) != visible(second.text):
        debated = await debate(
            panel,
            agents,
            f"rerank/{subject}",
            lambda opinions: prompt(first, second, opinions),
            CandidateVote,
            rounds,
            tell,
        )
        chosen = second if debated.answer == "2" else first
        taken, agreed = debated.rounds, debated.agreed
        for title, reason in debated.absent.items():
            panel.notice(f"{title} gave no vote in {subject}; the others decide. {reason}")
    tell_choice(panel, subject, candidates, chosen, taken, agreed)
    return chosen


def tell_choice(
    panel: Panel, subject: str, candidates: Sequence[Reply], chosen: Reply, rounds: int, agreed: bool
) -> None:
    """Put on the record which candidate stands for the subject."""
    panel.tell(
        events.CandidateChosen,
        subject=subject,
        candidates=[candidate.call for candidate in candidates],
        chosen=chosen.call,
        rounds=rounds,
        agreed=agreed,
    )
