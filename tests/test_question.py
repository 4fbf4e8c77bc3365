"""A question as a person poses it."""

import pytest

from engine.errors import UserError
from engine.question import Question


@pytest.mark.parametrize(
    ("text", "choices", "kind"),
    [
        ("Which organelle makes ATP?", ("Nucleus", "Mitochondrion"), "choice"),
        ("How many jars are 8 crates of 9?", (), "math"),
        ("How much does she earn?", (), "math"),
        ("Simplify \\frac{4}{8}", (), "math"),
        ("Why is the sky blue?", (), "open"),
    ],
)
def test_the_kind_is_inferred_from_what_is_asked(text: str, choices: tuple[str, ...], kind: str) -> None:
    assert Question.posed(text, choices).kind == kind


def test_a_kind_that_is_stated_is_kept() -> None:
    assert Question.posed("Name 3 causes of the war.", kind="open").kind == "open"


def test_choices_are_labelled_in_order_and_empty_ones_dropped() -> None:
    question = Question.posed(" Which? ", (" x ", "", "y"))
    assert (question.text, question.choices, question.labels) == ("Which?", ("x", "y"), ("A", "B"))


@pytest.mark.parametrize(
    ("text", "choices", "said"),
    [("  ", (), "empty"), ("Which?", ("one",), "2 to 26"), ("Which?", tuple(map(str, range(27))), "has 27")],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    text: str, choices: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        Question.posed(text, choices)
