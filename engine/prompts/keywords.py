"""Symbolic-MoE, section 3.1: which skills a question needs."""

from engine.prompts.question import pose, user
from engine.question import Question
from engine.runtimes.base import Message

_KEYWORD_EXAMPLES = (
    ("A jacket of $80 is sold at 25% off. What does it cost now?", "percentages, subtraction"),
    ("Which part of the cell makes most of its ATP?", "cell biology, energy metabolism"),
    (
        "A train travels 180 miles in 3 hours. How far does it get in 5?",
        "rates, multiplication, word problems",
    ),
    ("Which drug is first given for anaphylaxis?", "emergency medicine, pharmacology, allergy"),
)
"""Small models name what the question mentions instead of what it takes, unless they see examples."""


def keywords(question: Question) -> tuple[Message, ...]:
    """Ask for the skills a question needs (Symbolic-MoE, section 3.1), after examples of our own."""
    shown: list[Message] = []
    for text, named in _KEYWORD_EXAMPLES:
        shown += (Message("user", _ask_for_keywords(text)), Message("assistant", f"Keywords: {named}"))
    return (*shown, *user(_ask_for_keywords(pose(question))))


def _ask_for_keywords(posed: str) -> str:
    return (
        f"{posed}\n\n"
        "Which knowledge or skills does one need to answer this? Do not answer it. Name 2 to 5 general keywords, "
        'separated by commas: "Keywords: ..."'
    )
