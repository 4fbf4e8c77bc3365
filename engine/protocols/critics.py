"""Choosing who criticises an answer in a disputation."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import events
from engine.calling import derived_seed
from engine.critics import BY_QUALITY, CriticChoice, draw_critics, weights_of
from engine.panel import Panel
from engine.pool import Expert
from engine.protocols.position import Position

CANDIDATES = 2
"""Between so many critiques of an answer the experts choose at most (MAMM-Refine's reranking)."""


@dataclass(frozen=True, slots=True)
class Criticism:
    """How answers are criticised: in at most `max_tokens` tokens each, by `critics_each` of the others.

    With `voting_rounds` the experts choose one critique of each answer by vote, in so many rounds at most, and None
    for `critics_each` means two; without, all critiques count, and None means all of the others.
    """

    max_tokens: int
    voting_rounds: int | None
    critics: CriticChoice = "in turn"
    critics_each: int | None = None

    def count(self, others: int) -> int:
        """How many critics an answer gets that others might criticise."""
        return self.critics_each or (others if self.voting_rounds is None else CANDIDATES)


def choose_critics(
    panel: Panel, positions: Sequence[Position], round: int, criticism: Criticism
) -> list[list[Expert]]:
    """The critics of each position, in its order: those that come after it in turn, or drawn by quality.

    What they were drawn by goes on the record. The draws depend on the run's seed, the round and whose answer it is.
    """
    experts = [position.expert for position in positions]
    if criticism.critics == BY_QUALITY and round == 1 and not panel.roster.critic_quality:
        panel.notice("No critique has been judged yet, so every expert is drawn as a critic equally often.")
    chosen: list[list[Expert]] = []
    for place, position in enumerate(positions):
        others = [*experts[place + 1 :], *experts[:place]]
        count = criticism.count(len(others))
        if criticism.critics == BY_QUALITY:
            chosen.append(_drawn(panel, position, others, count, round))
        else:
            chosen.append(others[:count])
    return chosen


def _drawn(
    panel: Panel, position: Position, others: Sequence[Expert], count: int, round: int
) -> list[Expert]:
    by_name = {expert.name: expert for expert in others}
    weights = weights_of(list(by_name), panel.roster.critic_quality)
    drawn = draw_critics(weights, count, derived_seed(panel.seed, f"critics/{round}/{position.expert.name}"))
    panel.tell(events.CriticsChosen, call=position.reply.call, critics=drawn, weights=weights)
    return [by_name[name] for name in drawn]
