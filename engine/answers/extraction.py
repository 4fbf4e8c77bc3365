"""What a model's text answers."""

from engine.answers.choice import stated_label
from engine.answers.markup import visible
from engine.answers.mathematics import stated_value
from engine.question import Question


def extract(text: str, question: Question) -> str | None:
    """What `text` answers to `question`; None where nothing can be taken for an answer.

    A label of the question's choices; a number or expression as it was written, without currency and units;
    for an open question all of the visible text. Takes time linear in the length of `text`, whatever it is.
    """
    text = visible(text)
    if question.kind == "choice":
        return stated_label(text, question)
    if question.kind == "math":
        return stated_value(text)
    return text or None
