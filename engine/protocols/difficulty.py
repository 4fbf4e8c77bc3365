"""Judging whether the panel's question is still hard, and the vote in the end: MAgICoRe, sections 3.2 and 3.4."""

from collections.abc import Sequence

from engine import events
from engine.panel import Panel
from engine.rewards import Scored, Scorer, judge_difficulty, weighted_vote
from engine.rewards.calibration import Standard, of_profile, of_run


def calibration(panel: Panel, scorer: Scorer, solutions: Sequence[Scored]) -> Standard | None:
    """What the profile knows of rewards by whoever scored these solutions; None where it knows nothing."""
    solvers = {solution.reply.expert.name for solution in solutions}
    return of_profile(panel.roster.profile, solvers, scorer.judges)


async def is_hard(
    panel: Panel, scorer: Scorer, solutions: Sequence[Scored], round: int, *, unanimous: bool = False
) -> bool:
    """Whether the question is hard by these solutions, after `round` rounds of refinement; on the record with why.

    Without calibration by the profile the solutions are held against their own mean. Of `unanimous` solutions their
    rewards alone decide.
    """
    against = calibration(panel, scorer, solutions) or of_run(solutions)
    groups = await by_answer(panel, solutions)
    rewards = [[solution.reward for solution in group] for group in groups]
    unread = [solution.reward for solution in solutions if solution.answer is None]
    difficulty = judge_difficulty(
        rewards, against.mean, against.deviation, unread=unread, unanimous=unanimous
    )
    panel.tell(
        events.DifficultyJudged,
        round=round,
        hard=difficulty.hard,
        majority=groups[0][0].answer if groups else None,
        standardised=difficulty.standardised,
        mean=against.mean,
        deviation=against.deviation,
        calibration=against.origin,
        outcome_confidence=difficulty.outcome_confidence,
        step_confidence=difficulty.step_confidence,
        unanimous=unanimous,
    )
    return difficulty.hard


async def vote(panel: Panel, solutions: Sequence[Scored]) -> Scored | None:
    """The best solution of the answer with the most weight, on the record; None where no solution has an answer."""
    groups = await by_answer(panel, solutions)
    weights = weighted_vote([[solution.reward for solution in group] for group in groups])
    ordered = sorted(zip(weights, groups, strict=True), key=lambda one: -one[0])
    panel.tell(
        events.VoteWeighed,
        votes=[
            {
                "answer": group[0].answer,
                "weight": weight,
                "calls": [solution.reply.call for solution in group],
            }
            for weight, group in ordered
        ],
    )
    if not ordered:
        return None
    return max(ordered[0][1], key=lambda solution: solution.reward.total)


async def by_answer(panel: Panel, solutions: Sequence[Scored]) -> list[list[Scored]]:
    """The solutions with the same answer together, the largest group first; those without an answer are left out."""
    answers = [solution.answer for solution in solutions]
    groups = await panel.judge.group(answers, panel.question)
    return [[solutions[place] for place in group] for group in groups]
