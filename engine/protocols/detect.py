"""The detecting step of MAMM-Refine: different models debate whether each sentence follows from the document."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Literal

from engine import events
from engine.panel import NobodyAnswered, Panel
from engine.pool import Expert
from engine.prompts import detect as detecting
from engine.prompts import grounds
from engine.protocols.debate import Ballot, Debated, Plain, Vote, debate
from engine.sentences import Sentence


class Faithful(Ballot):
    """A vote on whether a sentence follows from the document."""

    answer: Annotated[Literal["yes", "no"], Plain]


async def detect(
    panel: Panel, agents: Sequence[Expert], sentences: Sequence[Sentence], rounds: int
) -> list[int]:
    """The indices of the sentences that do not follow from the panel's document. All are debated in parallel.

    A sentence on which nobody gave a vote that could be read stays as it is, and a notice says so.
    Raises NobodyAnswered where there was no vote at all.
    """
    debates = await asyncio.gather(
        *(_judge(panel, agents, index, sentence, rounds) for index, sentence in enumerate(sentences))
    )
    absent = {title: reason for debated in debates for title, reason in debated.absent.items()}
    if all(debated.answer is None for debated in debates):
        reason = next(iter(absent.values()), "None of their answers could be read.")
        raise NobodyAnswered(f"No expert could judge any sentence of the text. {reason}")
    for title, reason in absent.items():
        panel.notice(f"{title} could not judge every sentence; the others do. {reason}")
    for index, debated in enumerate(debates):
        if debated.answer is None:
            panel.notice(f"Nobody's judgement of sentence {index + 1} could be read: it stays as it is.")
    return [index for index, debated in enumerate(debates) if debated.answer == "no"]


async def _judge(
    panel: Panel, agents: Sequence[Expert], index: int, sentence: Sentence, rounds: int
) -> Debated:
    def tell(vote: Vote) -> None:
        panel.tell(
            events.FaithfulnessVoted,
            call=vote.call,
            sentence=index,
            round=vote.round,
            expert=vote.expert.name,
            faithful=None if vote.answer is None else vote.answer == "yes",
            reasoning=vote.reasoning,
        )

    debated = await debate(
        panel,
        agents,
        f"detect/{index}",
        lambda opinions: detecting(grounds(panel.question), sentence.text, opinions),
        Faithful,
        rounds,
        tell,
    )
    panel.tell(
        events.FaithfulnessDecided,
        sentence=index,
        faithful=debated.answer != "no",
        rounds=debated.rounds,
        agreed=debated.agreed,
    )
    return debated


def tell_split(panel: Panel, text: str, sentences: Sequence[Sentence], call: str | None) -> None:
    """Put the text and its sentences on the record; `call` wrote it, or None."""
    spans = [{name: value for name, value in asdict(one).items() if name != "text"} for one in sentences]
    panel.tell(events.TextSplit, text=text, sentences=spans, call=call)
