"""Reviewing a scored solution and refining it: MAgICoRe, section 3.3 (arXiv 2409.12147), in words of our own."""

from collections.abc import Sequence

from engine.prompts.question import closing, pose, user
from engine.question import Question
from engine.runtimes.base import Message

LOW = 6
"""Scores below this, of 10, are what the Reviewer attends to."""


def tagged(steps: Sequence[str], scores: Sequence[float]) -> str:
    """The steps, each with its score of 10 behind it."""
    lines = (
        f"Step {number}: {step.strip()} (Score: {round(score * 10)}/10)"
        for number, (step, score) in enumerate(zip(steps, scores, strict=True), 1)
    )
    return "\n\n".join(lines)


def review(question: Question, solution: str) -> tuple[Message, ...]:
    """Ask the Reviewer what is wrong with a solution whose steps are tagged; it gives no solution of its own."""
    return user(
        f"{pose(question)}\n\nA solution, with a score after each step:\n\n{solution}\n\n"
        f"You review this solution. Look closely at the steps that score below {LOW}: they are likely to be wrong. Say "
        "for each of them whether it has an error, what the error is, and how to go about mending it. Steps with high "
        "scores may build on an error before them. Do not write a new solution and do not give the answer."
    )


def mend(question: Question, solution: str, feedback: str) -> tuple[Message, ...]:
    """Ask the Refiner to rewrite a tagged solution by the Reviewer's feedback."""
    return user(
        f"{pose(question)}\n\nA solution, with a score after each step:\n\n{solution}\n\n"
        f"A reviewer says:\n\n{feedback}\n\n"
        "Write a better solution, step by step, that mends what the reviewer found. Keep what was right. Write the "
        f"solution only, without scores and without words about the reviewer. {closing(question)}"
    )
