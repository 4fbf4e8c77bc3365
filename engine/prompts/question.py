"""The question as every prompt shows it, and how an answer to it must end."""

from engine.question import Question
from engine.runtimes.base import Message


def pose(question: Question) -> str:
    """The question as every prompt shows it: document, draft, text, labelled choices."""
    parts = []
    if question.document:
        parts.append(f"Document:\n{question.document}")
    if question.draft:
        parts.append(f"Text about the document:\n{question.draft}")
    parts.append(f"Question: {question.text}")
    if question.choices:
        labelled = zip(question.labels, question.choices, strict=True)
        parts.append("\n".join(f"({label}) {choice}" for label, choice in labelled))
    return "\n\n".join(parts)


def closing(question: Question) -> str:
    """How an answer must end, so that it can be extracted."""
    if question.kind == "choice":
        return 'End with "The answer is (X)", where X is the letter of the right choice.'
    if question.kind == "math":
        return 'End with "The answer is \\boxed{X}", where X is the final number or expression.'
    return "End with your answer in one or two plain sentences."


def user(content: str) -> tuple[Message, ...]:
    """A prompt of one message."""
    return (Message("user", content),)
