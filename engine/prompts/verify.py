"""The generative verifier, for pools without reward models: is a solution, or a step of it, right?

The answer is one token, Yes or No: its probability is the score.
"""

from collections.abc import Sequence

from engine.prompts.question import pose, user
from engine.question import Question
from engine.runtimes.base import Message

YES, NO = "Yes", "No"


def verify_outcome(question: Question, solution: str) -> tuple[Message, ...]:
    """Ask whether a solution's answer is right."""
    return user(
        f"{pose(question)}\n\nA proposed solution:\n\n{solution}\n\n"
        f"Is the answer of this solution right? Say {YES} or {NO}."
    )


def verify_step(question: Question, steps: Sequence[str]) -> tuple[Message, ...]:
    """Ask whether the last of the steps is right.

    The prompts of a solution's steps begin alike: a runtime with a prefix cache reads each step once.
    """
    return user(
        f"{pose(question)}\n\nA proposed solution, as far as it goes:\n\n{''.join(steps)}\n\n"
        f"Is the last step of it right? Say {YES} or {NO}."
    )
