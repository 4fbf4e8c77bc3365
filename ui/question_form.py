"""The question as the form of the Ask page holds it."""

from dataclasses import dataclass
from typing import Any, Self

import gradio as gr

from engine.question import Question
from ui.examples import Example


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The four fields that make a question, in the order in which handlers get their values."""

    text: gr.Textbox
    choices: gr.Textbox
    document: gr.Textbox
    gold: gr.Textbox

    @classmethod
    def build(cls) -> Self:
        """Build the fields in the current layout; what few questions need is folded away."""
        text = gr.Textbox(
            "", label="Question", placeholder="Pose a question …", lines=4, max_lines=14, elem_id="question"
        )
        with gr.Row(equal_height=False, elem_classes="folds"):
            with gr.Accordion("Choices", open=False, elem_id="choices"):
                choices = gr.Textbox("", label="One choice a line", lines=4, max_lines=26)
            with gr.Accordion("Document", open=False, elem_id="document"):
                document = gr.Textbox("", label="A text the question is about", lines=4, max_lines=16)
            with gr.Accordion("Right answer", open=False, elem_id="gold"):
                gold = gr.Textbox(
                    "", label="Where you know it; no expert sees it", placeholder="B, 72, 3/4 …"
                )
        return cls(text, choices, document, gold)

    @property
    def fields(self) -> list[gr.Textbox]:
        """The fields, in order."""
        return [self.text, self.choices, self.document, self.gold]


def posed(text: str, choices: str, document: str, gold: str) -> Question:
    """The question that the fields' values pose. Raises UserError where they pose none."""
    return Question.posed(text, tuple(choices.splitlines()), document, gold)


def values_of(question: Example | dict[str, Any]) -> list[str]:
    """The fields' values for an example or a recorded question."""
    if isinstance(question, Example):
        return [question.question, "\n".join(question.choices), question.document, question.gold or ""]
    return [
        question["text"],
        "\n".join(question["choices"]),
        question["document"],
        question["gold"] or "",
    ]
