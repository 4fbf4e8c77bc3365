"""A question as a person poses it, on the page or in a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.question import Question
from engine.question_file import read_questions
from ui.examples import Example
from ui.question_form import filled, posed


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
    ("choices", "gold", "label"),
    [
        (("Paris", "Rome"), "B", "B"),
        (("Paris", "Rome"), " b ", "B"),
        (("Paris", "Rome"), "Rome", "B"),
        (("Paris", "New  York"), "new york", "B"),
        (("mg", "Mg"), "Mg", "B"),
        (("B", "A"), "A", "A"),
        (("x", "y", ""), "B", "B"),
        (("x", "y"), " ", None),
    ],
)
def test_the_right_choice_is_given_by_its_label_or_in_its_words(
    choices: tuple[str, ...], gold: str, label: str | None
) -> None:
    assert Question.posed("Which?", choices, gold=gold).gold == label


@pytest.mark.parametrize(
    ("choices", "gold", "said"),
    [
        (("Paris", "Rome"), "Z", "'Z' is neither a label from A to B nor the words of just one choice"),
        (("Paris", "Rome"), "0", "'0' is neither"),
        (("x", "x"), "x", "'x' is neither"),
        (("mg", "Mg"), "MG", "'MG' is neither"),
        (("x", "", "y"), "C", "Choice 2 is empty"),
        (("x", "", "y"), "B", "Choice 2 is empty"),
    ],
)
def test_a_right_answer_that_names_no_choice_for_sure_is_refused(
    choices: tuple[str, ...], gold: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        Question.posed("Which?", choices, gold=gold)


def test_choices_of_several_lines_keep_their_labels_in_the_form() -> None:
    example = Example(title="", skill="", question="Which?", choices=("x\nis 1", "y"), gold="B")
    text, choices, document, draft, gold, *_ = filled(example)
    question = posed(text, choices, document, draft, gold)
    assert (question.choices, question.gold) == (("x is 1", "y"), "B")


def test_a_right_answer_without_choices_is_kept_as_it_is() -> None:
    assert Question.posed("Name the capital of Italy.", gold=" Rome ").gold == "Rome"


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., list[Question]]:
    """Reads lines as a CSV file of questions."""

    def read(*lines: str) -> list[Question]:
        path = tmp_path / "mine.csv"
        path.write_text("\n".join(lines), "utf-8")
        return read_questions(path)

    return read


def test_a_table_gives_the_questions_of_its_rows(table: Callable[..., list[Question]]) -> None:
    header = " Question ,choices,answer,comment"
    first, second = table(header, "Which?,x| y,y,", '"1, 2 or 3?","[""1"", 2, ""|""]",C,"",')
    assert (first.choices, first.gold, first.id) == (("x", "y"), "B", "mine-1")
    assert (second.text, second.choices, second.gold) == ("1, 2 or 3?", ("1", "2", "|"), "C")
    with pytest.raises(UserError, match="Choice 1 is empty"):
        table("question,choices,answer", "Which?,|x|y,B")
    (framed,) = table("question,choices,answer", "Which?,| x | y |,y")
    assert (framed.choices, framed.gold) == (("x", "y"), "B")


def test_numbers_in_a_file_are_taken_for_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(
        '{"id": 7, "question": "How many?", "answer": 72}\n{"question": "Which?", "choices": [1, 2.5], "answer": 2.5}'
    )
    first, second = read_questions(path)
    assert (first.id, first.gold, first.kind) == ("7", "72", "math")
    assert (second.choices, second.gold) == (("1", "2.5"), "B")


@pytest.mark.parametrize("number", ["NaN", "1e400", "true"])
def test_what_is_no_text_in_a_file_is_refused(tmp_path: Path, number: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(f'{{"question": "How many?", "answer": {number}}}')
    with pytest.raises(UserError, match="line 1: answer"):
        read_questions(path)


def test_a_table_takes_a_long_document(table: Callable[..., list[Question]]) -> None:
    document = "It rained. " * 50_000
    (question,) = table("question,document", f"What was the weather?,{document}")
    assert question.document == document.strip()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ("question,choices,answer", "Which?,x|y,A", "Which?,Paris|Rome,Oslo"),
            "row 2: The right answer 'Oslo'",
        ),
        (("query,answer", "Which?,4"), "no column 'question'.*it has 'query', 'answer'"),
        (("question;answer", "Which?;4"), "commas between them .it has 'question;answer'"),
        (("Which city?,Paris|Rome,A",), "no column 'question'"),
        (("", "question", "Which?"), "it has none"),
        (("question,answer", "1,000 and 1?,1001"), "line 2 has more cells than there are columns"),
        (("question", '"Which?', "Why?"), "unexpected end of data"),
        (("question,choices", f"Which?,{'[' * 100_000}"), "row 1: A choice question has 2 to 26"),
    ],
)
def test_a_table_that_is_not_right_is_refused_in_a_sentence(
    table: Callable[..., list[Question]], lines: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UserError, match=f"mine.csv.*{said}"):
        table(*lines)


def test_a_line_that_is_nested_too_deep_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"question": "Which?", "choices": ' + "[" * 100_000)
    with pytest.raises(UserError, match=r"line 1: .*recursion limit"):
        read_questions(path)


@pytest.mark.parametrize(
    ("text", "choices", "said"),
    [("  ", (), "empty"), ("Which?", ("one",), "2 to 26"), ("Which?", tuple(map(str, range(27))), "has 27")],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    text: str, choices: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        Question.posed(text, choices)
