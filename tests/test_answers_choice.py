r"""Labels from what models write; the expected label of each text was decided by reading it."""

import pytest

from engine.answers import extract
from engine.question import Question

CELL = Question(
    "Where does respiration take place?",
    choices=("nucleus", "mitochondria", "Vitamin C", "both nucleus and mitochondria"),
    kind="choice",
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Respiration … The answer is (B)", "B"),
        ("so the answer is (c)", "C"),
        ("The answer is: A", "A"),
        ("The answer is A because it holds the genes", "A"),
        ("the answer is b.", "B"),
        ("**Answer: C**", "C"),
        ("**Answer:** C", "C"),
        ("Answer: (A) nucleus", "A"),
        ("ANSWER: D", "D"),
        ("Answer:\n\nD", "D"),
        ("#### B", "B"),
        ("The correct option is: **C) Vitamin C**", "C"),
        ("The best choice would be (D).", "D"),
        ("The answer to the question is option C.", "C"),
        ("\\boxed{C}", "C"),
        ("**Final Answer**: \\(\\boxed{\\text{(D)}}\\)", "D"),
        ("The answer is $\\boxed{B}$.", "B"),
        ("The answer is \\textbf{(D)}", "D"),
        ("答案\uff1a\uff08B\uff09\nThe answer is\uff08B\uff09", "B"),
    ],
)
def test_the_usual_ways_to_state_a_label_are_read(text: str, label: str) -> None:
    assert extract(text, CELL) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It is the second one.\n(B)", "B"),
        ("It is the second one.\n\nB", "B"),
        ("b", "B"),
        ("C. Vitamin C\n\nExplanation: it is a vitamin, which I like.", "C"),
        ("It happens in the mitochondria (B).", "B"),
        ("Therefore, B is the correct answer, as was shown.", "B"),
        ("I choose C", "C"),
    ],
)
def test_a_label_counts_where_nothing_is_called_the_answer(text: str, label: str) -> None:
    assert extract(text, CELL) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The answer is mitochondria.", "B"),
        ("\\boxed{mitochondria}", "B"),
        ("The answer is the mitochondria, because of ATP", "B"),
        ("The answer is both nucleus and mitochondria", "D"),
        ("The answer is a nucleus", "A"),
        ("The answer is Vitamin C", "C"),
        ("Mitochondria", "B"),
    ],
)
def test_the_wording_of_one_choice_counts_as_its_label(text: str, label: str) -> None:
    assert extract(text, CELL) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The answer is (A). No, wait: the answer is (C).", "C"),
        ("\\boxed{B}? Actually the answer is (C)", "C"),
        ("The answer is (C), or rather \\boxed{B}", "B"),
        ("I must end with: The answer is (B). In general: The answer is (X).", "B"),
        ("<think>The answer is (A)</think>The answer is (B)", "B"),
    ],
)
def test_the_last_statement_decides(text: str, label: str) -> None:
    assert extract(text, CELL) == label


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The answer is (E)",
        "The answer is (B). No, the answer is (E).",
        "The answer is A good question",
        "The answer is I think obvious",
        "The answer is a",
        "The answer is C-reactive protein",
        "The answer is not (A).",
        "The answer is B or C",
        "The answer is nucleus and something",
        "A cell is a thing. I like it",
        "The answer choices are: A) nucleus B) mitochondria",
        "A) nucleus\nB) mitochondria\nC) Vitamin C\nD) both nucleus and mitochondria",
        "\\boxed{5}",
        "<think>The answer is (A)",
    ],
)
def test_what_is_no_label_of_the_question_is_no_answer(text: str) -> None:
    assert extract(text, CELL) is None


def test_wording_that_two_choices_share_tells_nothing() -> None:
    question = Question("How many?", choices=("2E", "2E", "4E"), kind="choice")
    assert extract("The answer is 2E", question) is None
    assert extract("The answer is 4E", question) == "C"


def test_numbers_among_the_choices_are_compared_whole() -> None:
    question = Question("How much?", choices=("3", "3.5", "-3", "3/4"), kind="choice")
    assert extract("The answer is 3.5", question) == "B"
    assert extract("The answer is -3.", question) == "C"
    assert extract("The answer is 3/4", question) == "D"
    assert extract("The answer is 3.55", question) is None


def test_words_that_may_lead_up_to_an_answer_may_also_begin_it() -> None:
    question = Question(
        "Which?", choices=("Around the navel", "Number of cases", "M \u2228 ~S", "M \u2227 ~S"), kind="choice"
    )
    assert extract("The answer is around the navel", question) == "A"
    assert extract("The answer is number of cases.", question) == "B"
    assert extract("The answer is M \u2227 ~S", question) == "D"
    assert extract("The answer is option C", question) == "C"
