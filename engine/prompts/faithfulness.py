"""Whether a text follows from its document, and what is wrong with a sentence that does not (MAMM-Refine)."""

from collections.abc import Sequence

from engine.prompts.opinions import Opinion, discussed, how_to_answer
from engine.prompts.question import closing, user
from engine.prompts.rerank import choose
from engine.question import Question
from engine.runtimes.base import Message


def grounds(question: Question) -> str:
    """What a text is held against: the document, and unless it is open the question, whose answer says little alone."""
    return question.document if question.kind == "open" else _with_question(question)


def write(question: Question) -> tuple[Message, ...]:
    """Ask for a text that answers the question from its document."""
    ending = "" if question.kind == "open" else f" {closing(question)}"
    return user(
        f"Document:\n{_with_question(question)}\n\n"
        "Answer from the document alone, in three to six plain sentences, each of which can be understood by itself. "
        f"No preamble, no list.{ending}"
    )


def detect(document: str, sentence: str, opinions: Sequence[Opinion] = ()) -> tuple[Message, ...]:
    """Ask whether a sentence follows from the document; `opinions` are those of the round before."""
    return user(
        f"Document:\n{document}\n\nSentence: {sentence}\n\n"
        "Is the sentence consistent with the document? It is if the document states or implies all of it: every name, "
        f"number, time and cause. {how_to_answer('yes or no')}{discussed(opinions)}"
    )


def criticise(document: str, text: str, sentence: str) -> tuple[Message, ...]:
    """Ask what in a sentence of the text the document does not support, and how to mend it."""
    return user(
        f"{_in_question(document, text, sentence)}\n\n"
        "Something in this sentence is not supported by the document. Say in two or three sentences what it is and "
        'what the document says instead. Then write a line "The error span: " with the wrong words as they stand in '
        'the sentence, and a last line "Suggested fix: " with the sentence put right by as few changes as can be.'
    )


def better_critique(
    document: str, text: str, sentence: str, first: str, second: str, opinions: Sequence[Opinion] = ()
) -> tuple[Message, ...]:
    """Ask which of two critiques of a sentence is the better one."""
    task = (
        f"{_in_question(document, text, sentence)}\n\n"
        "Two responses say what in this sentence is not supported by the document, and how to mend it."
    )
    criterion = "names best what the document does not support, and mends it rightly"
    return choose(task, first, second, criterion, opinions)


def _with_question(question: Question) -> str:
    labelled = zip(question.labels, question.choices, strict=True)
    choices = "".join(f"\n({label}) {choice}" for label, choice in labelled)
    return f"{question.document}\n\nQuestion: {question.text}{choices}"


def _in_question(document: str, text: str, sentence: str) -> str:
    return f"Document:\n{document}\n\nText:\n{text}\n\nSentence of the text: {sentence}"
