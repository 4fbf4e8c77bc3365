"""What the models are told. Each function gives the messages of one call.

Respondents and reviewers never learn whose text they read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.question import Question
from engine.runtimes.base import Message

STANDS_BY = "I stand by my answer."


@dataclass(frozen=True, slots=True)
class Respondent:
    """What one expert brought to the disputation: its last answer and the critiques that answer's first form got."""

    answer: str
    critiques: tuple[str, ...] = ()


def pose(question: Question) -> str:
    """The question as every prompt shows it: document, text, labelled choices."""
    parts = []
    if question.document:
        parts.append(f"Document:\n{question.document}")
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
    return (*shown, *_user(_ask_for_keywords(pose(question))))


def _ask_for_keywords(posed: str) -> str:
    return (
        f"{posed}\n\n"
        "Which knowledge or skills does one need to answer this? Do not answer it. Name 2 to 5 general keywords, "
        'separated by commas: "Keywords: ..."'
    )


def reason(question: Question) -> tuple[Message, ...]:
    """Ask for a chain of thought and an answer (Symbolic-MoE, section 3.3)."""
    return _user(
        f"{pose(question)}\n\nThink step by step: write your reasoning first, then the answer. {closing(question)}"
    )


def critique(question: Question, answer: str) -> tuple[Message, ...]:
    """Ask for a critique of an answer whose author is not named."""
    return _user(
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


def aggregate(question: Question, respondents: Sequence[Respondent]) -> tuple[Message, ...]:
    """Ask for the final answer from what all respondents brought (the Mixture-of-Agents kind of synthesis)."""
    responses = []
    for i, respondent in enumerate(respondents, 1):
        reviews = "".join(f"\n\nA review of response {i}: {critique}" for critique in respondent.critiques)
        responses.append(f"### Response {i}\n{respondent.answer}{reviews}")
    gathered = "\n\n".join(responses)
    return _user(
        f"Several models answered a question.\n\n{gathered}\n\n"
        f"### The question they answered\n{pose(question)}\n\n"
        "Write the best answer to it out of these responses. Judge them critically: each, and each review, may be "
        "biased or wrong, and the most common answer need not be the right one. Do not just copy one: check the steps "
        f"and write a correct, complete, well-ordered solution. Reasoning first, then the answer. {closing(question)}"
    )


def stands_by(refined: str) -> bool:
    """Whether a refinement says, as `refine` asks it to, that its expert stands by its first answer."""
    return STANDS_BY.lower().rstrip(".") in refined.lower()


def _user(content: str) -> tuple[Message, ...]:
    return (Message("user", content),)
