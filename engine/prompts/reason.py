"""Reasoning alone."""

from engine.prompts.question import closing, pose, user
from engine.question import Question
from engine.runtimes.base import Message


def reason(question: Question) -> tuple[Message, ...]:
    """Ask for a chain of thought and an answer (Symbolic-MoE, section 3.3)."""
    return user(
        f"{pose(question)}\n\nThink step by step: write your reasoning first, then the answer. {closing(question)}"
    )
