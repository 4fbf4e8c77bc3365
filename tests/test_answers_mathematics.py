r"""Numbers and expressions from what models write; the expected values were read off by hand."""

import pytest

from engine.answers import extract, visible
from engine.question import Question

SUM = Question("How many clips did Natalia sell?", kind="math")
OPEN = Question("Why is the sky blue?")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The answer is \\boxed{72}", "72"),
        ("\\boxed{1}, so \\boxed{72}. Check: 2 + 70.", "72"),
        ("\\boxed{\\frac{3}{4}}", "3/4"),
        ("\\boxed{\\boxed{3}}", "3"),
        ("\\boxed{2\\sqrt{3}}", "2\\sqrt{3}"),
        ("\\boxed{\\left\\{1, 2\\right\\}}", "\\left\\{1, 2\\right\\}"),
        ("\\boxed{x = \\frac12}", "1/2"),
        ("\\boxed{12 \\text{ cm}^2}", "12"),
        ("\\boxed{\\$18}", "18"),
        ("\\boxed{50\\%}", "50%"),
        ("\\boxed{\\text{Tuesday}}", "Tuesday"),
        ("\\boxed{72} and then \\boxed{1", "72"),
        ("\\boxed{}\nThe answer is 5", "5"),
        ("Write \\boxed{X}. The answer is 7", "7"),
        ("<think>\\boxed{3}</think>\\boxed{4}", "4"),
    ],
)
def test_the_last_complete_box_is_the_answer(text: str, answer: str) -> None:
    assert extract(text, SUM) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The answer is 72.", "72"),
        ("The answer is 72 clips in April and May. That is 6 dozen.", "72"),
        ("The answer is $18 per day.", "18"),
        ("The answer is $18 and $20 more", "18"),
        ("The answer is 18 dollars, since 9*2=18", "18"),
        ("The answer is 48 + 24 = 72.", "72"),
        ("The answer is 5 because 3+2=5", "5"),
        ("The answer is $\\frac{3}{4}$ of the cake", "3/4"),
        ("The answer is \\(-\\frac{1}{2}\\).", "-1/2"),
        ("The answer is $x^2 + 1$.", "x^2 + 1"),
        ("The answer is (1, 2).", "(1, 2)"),
        ("The answer is 2**3", "2**3"),
        ("The answer is 2 1/2 cups", "2 1/2"),
        ("The answer is 3.14", "3.14"),
        ("The final answer is:\n$$\n72\n$$", "72"),
        ("She sold 48 and 24.\n#### 72", "72"),
        ("**Answer: 1,200** eggs from 3 hens", "1,200"),
        ("The answer is 3. No: the answer is 4.", "4"),
        ("He sailed in 1492. The answer is Columbus.", "Columbus"),
    ],
)
def test_the_last_statement_is_the_answer_where_nothing_is_boxed(text: str, answer: str) -> None:
    assert extract(text, SUM) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("48 + 24\nx = 72", "72"),
        ("8 * 9 = 72 clips.", "72"),
        ("Total = $5 + $6 = $11", "11"),
        ("The answer is correct. 5+5=10", "10"),
        ("First 48, then she has 72 clips left", "72"),
        ("It costs $1,234.50 now", "1,234.50"),
        ("it is -3", "-3"),
        ("between 5-3", "3"),
        ("about 3/4 of it", "3/4"),
        ("nearly \\frac{3}{4} of it", "3/4"),
        ("some 1\\,000 m", "1000"),
        ("some 50% of it", "50%"),
    ],
)
def test_an_equation_on_the_last_line_or_the_last_number_is_the_last_resort(text: str, answer: str) -> None:
    assert extract(text, SUM) == answer


def test_a_text_without_any_number_has_no_value() -> None:
    assert extract("I do not know.", SUM) is None
    assert extract("<think>It is 5", SUM) is None
    assert extract("", SUM) is None


def test_what_a_model_thought_is_not_visible() -> None:
    assert visible("<think>hm</think>\n\nYes.") == "Yes."
    assert visible("hm</think>a</think> b ") == "b"
    assert visible("<think>still at it") == ""
    assert visible("<think>a</think>b<think>c") == ""


def test_an_open_answer_is_all_of_the_visible_text() -> None:
    assert extract("<think>hm</think> Rayleigh scattering.\n", OPEN) == "Rayleigh scattering."
    assert extract("<think>hm</think>\n", OPEN) is None


@pytest.mark.parametrize(
    "piece",
    ["word ", "a", "{", "}", "\\boxed{", "\\boxed{1", "\\text{", "\\frac{", "1,", "answer ", " ", "**", "$"],
)
def test_a_megabyte_of_anything_is_read(piece: str) -> None:
    """A quadratic step would take hours."""
    text = piece * (1_000_000 // len(piece))
    choice = Question("Which?", choices=("yes", "no"), kind="choice")
    assert extract(f"\\boxed{{5}} {text} The answer is (B)", choice) == "B"
    assert extract(f"{text} \\boxed{{72}}", SUM) == "72"
