"""Critique of an answer, and refinement in its light. Nobody learns whose text they read."""

from collections.abc import Sequence

from engine.prompts.question import closing, pose, user
from engine.prompts.reason import reason
from engine.question import Question
from engine.runtimes.base import Message

STANDS_BY = "I stand by my answer."


def critique(question: Question, answer: str) -> tuple[Message, ...]:
    """Ask for a critique of an answer whose author is not named."""
    return user(
        f"{pose(question)}\n\nA student answered:\n\n{answer}\n\n"
        "Review this answer in two or three sentences: compare its steps with what the question says, name the first "
        "step that is wrong and say why, or say that every step is right. Do not write a solution of your own. "
        'Then end with "Verdict: right" or "Verdict: wrong".'
    )


def refine(question: Question, answer: str, critiques: Sequence[str]) -> tuple[Message, ...]:
    """Ask an expert to refine its own answer in the light of critiques, or to stand by it.

    The expert's reasoning call comes first word for word: a runtime with a prefix cache need not read it again.
    """
    reviews = "\n\n".join(f"Reviewer {i}: {critique}" for i, critique in enumerate(critiques, 1))
    return (
        *reason(question),
        Message("assistant", answer),
        Message(
            "user",
            f"Reviewers read your answer. They may be wrong.\n\n{reviews}\n\n"
            f'If your answer is right, write "{STANDS_BY}" and repeat its last line. If a reviewer found a real error, '
            f"solve the question again step by step without it. Do not write about the reviewers. {closing(question)}",
        ),
    )


def stands_by(refined: str) -> bool:
    """Whether a refinement says, as `refine` asks it to, that its expert stands by its first answer."""
    return STANDS_BY.lower().rstrip(".") in refined.lower()
