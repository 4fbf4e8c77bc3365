"""The question as the form of the Ask page holds it."""

from dataclasses import dataclass, replace
from typing import Any, Self

import gradio as gr

from engine.question import CHECK_THE_DRAFT, Question
from storage.records import RunRecord
from ui.examples import Example


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The five fields that make a question; those that few questions need are folded away, each in its own fold."""

    text: gr.Textbox
    choices: gr.Textbox
    document: gr.Textbox
    draft: gr.Textbox
    gold: gr.Textbox
    folds: tuple[gr.Accordion, gr.Accordion, gr.Accordion]

    @classmethod
    def build(cls, text: gr.Textbox) -> Self:
        """Build the folds in the current layout, for a question whose own text is that of `text`."""
        with gr.Accordion("Choices", open=False) as choices_fold:
            choices = gr.Textbox("", label="One choice a line", lines=4, max_lines=26)
        with gr.Accordion("Document", open=False) as document_fold:
            document = gr.Textbox("", label="A text to answer from", lines=4, max_lines=12)
            draft = gr.Textbox("", label="A text about it to check, with MAMM-Refine", lines=2, max_lines=12)
        with gr.Accordion("Right answer", open=False, elem_id="gold-fold") as gold_fold:
            gold = gr.Textbox(
                "", label="Where you know it; no expert sees it", placeholder="B, 72, 3/4 …", max_lines=1
            )
        return cls(text, choices, document, draft, gold, (choices_fold, document_fold, gold_fold))

    @property
    def fields(self) -> list[gr.Textbox]:
        """The fields, in the order of the arguments of `posed`."""
        return [self.text, self.choices, self.document, self.draft, self.gold]

    @property
    def parts(self) -> list[gr.blocks.Block]:
        """What `filled` and `emptied` give values for: the fields, then the folds."""
        return [*self.fields, *self.folds]


def text_field() -> gr.Textbox:
    """Build the field of the question's own text in the current layout."""
    return gr.Textbox(
        "",
        label="Question",
        show_label=False,
        placeholder="Pose a question …",
        lines=3,
        max_lines=12,
        elem_id="question",
    )


def posed(
    text: str, choices: str, document: str, draft: str, gold: str, repeated: RunRecord | None = None
) -> Question:
    """The question that the fields' values pose. Raises UserError where they pose none.

    Where it is that of a `repeated` run still, it has what a file said of it: id, kind, source and category.
    """
    asked = text, tuple(choices.splitlines()), document
    if repeated is None or posed(text, choices, document, draft, "") != posed(*_values(repeated)[:-1], ""):
        return Question.posed(*asked, gold, draft=draft)
    question = Question.posed(*asked, gold, repeated.kind, draft)
    return replace(question, id=repeated.question_id, source=repeated.source, category=repeated.category)


def filled(question: Example | RunRecord) -> list[Any]:
    """The values of the form's parts for an example or a recorded question: a fold that holds something is open."""
    values = _values(question)
    _, choices, document, _, gold = values
    return [*values, *(gr.Accordion(open=bool(value)) for value in (choices, document, gold))]


def _values(question: Example | RunRecord) -> list[str]:
    """The values of the form's fields, in their order."""
    asked = "" if question.draft and question.question == CHECK_THE_DRAFT else question.question
    # A line is a choice here: one of several lines would come back as several, and shift the labels after it.
    choices = "\n".join(" ".join(choice.split()) for choice in question.choices)
    return [asked, choices, question.document, question.draft, question.gold or ""]


def emptied() -> list[Any]:
    """The values of the form's parts where there is nothing in it, and all folds are closed."""
    return [*[""] * 5, *[gr.Accordion(open=False)] * 3]
