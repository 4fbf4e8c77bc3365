"""How good solutions are taken to be, and whether a question is hard: MAgICoRe (arXiv 2409.12147)."""

from engine.rewards.difficulty import Difficulty, Scored, judge_difficulty, weighted_vote
from engine.rewards.reward import Reward, sigmoid
from engine.rewards.scorer import Scorer
from engine.rewards.steps import steps_of

__all__ = [
    "Difficulty",
    "Reward",
    "Scored",
    "Scorer",
    "judge_difficulty",
    "sigmoid",
    "steps_of",
    "weighted_vote",
]
