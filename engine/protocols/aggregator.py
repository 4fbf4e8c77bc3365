"""Choosing who aggregates: Symbolic-MoE, section 3.3 (arXiv 2503.05641)."""

from collections.abc import Sequence
from typing import Literal

from engine import events
from engine.aggregators import tested
from engine.panel import Panel
from engine.pool import Expert
from engine.recruiting import Candidate

AggregatorChoice = Literal["task", "adaptive", "pool"]


def choose_aggregator(panel: Panel, how: AggregatorChoice, candidates: Sequence[Candidate] = ()) -> Expert:
    """The expert that aggregates, on the record with why.

    `task`: the one that did best at the profile's synthetic tests of the question's task. `adaptive`: of the
    candidates, the one best suited to the question. Where these cannot tell, and for `pool`, the one the pool names;
    of several that are as good, it too if it is one of them.
    """
    pool, profile = panel.roster.pool, panel.roster.profile
    if how == "task" and profile:
        order = [expert.name for expert in pool.experts]
        found = [one for one in tested(profile, panel.question) if one.expert in order]
        if any(one.right for one in found):
            best = min(
                found, key=lambda one: (-one.right, one.expert != pool.aggregator, order.index(one.expert))
            )
            panel.tell(
                events.AggregatorChosen,
                expert=best.expert,
                how="task",
                task=best.task,
                right=best.right,
                of=best.of,
            )
            return pool.expert(best.expert)
    if how == "adaptive" and len({candidate.suitability for candidate in candidates}) > 1:
        suited = max(candidates, key=lambda one: (one.suitability, one.expert == pool.aggregator))
        panel.tell(events.AggregatorChosen, expert=suited.expert, how="adaptive")
        return pool.expert(suited.expert)
    panel.tell(events.AggregatorChosen, expert=pool.aggregator, how="pool")
    return pool.expert(pool.aggregator)
