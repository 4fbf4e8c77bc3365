"""Sentences of several texts beside each other: which say the same, and which contradict each other."""

import pytest

from hostile.texts import SHORT
from storage.text import storable
from ui.comparison.alignment import align
from ui.comparison.sentences import spans
from ui.comparison.sides import sides

FIRST = "There are 8 crates of 9 jars.\n\nSo $8 \\times 9 = 72$ jars in all.\n\nThe answer is \\boxed{72}"
OTHER = (
    "First, 8 crates hold 9 jars each.\n\nNothing else was ever said of lids.\n\n"
    "So $8 \\times 9 = 71$ jars in all.\n\nThe answer is \\boxed{71}"
)


def split(text):
    return [text[start:end] for start, end in spans(text)]


def aligned(*texts):
    return [
        (group.members, group.equal, group.contradiction) for group in align([split(text) for text in texts])
    ]


def contradiction(first, other):
    """In what two sentences, which are counterparts, contradict each other."""
    ((members, _, found),) = aligned(first, other)
    assert members == ((0, 0), (1, 0))
    return found


def test_counterparts_are_found_wherever_they_stand():
    assert aligned(FIRST, OTHER) == [
        (((0, 0), (1, 0)), False, None),
        (((0, 1), (1, 2)), False, "number"),
        (((0, 2), (1, 3)), False, "number"),
    ]


def test_groups_span_up_to_four_texts_with_one_sentence_of_each():
    texts = [
        "It is red. It was sold to Anna in May.",
        "It was sold to Anna in May.",
        "It was sold to Anna in June.",
        "Cats purr loudly.",
    ]
    assert aligned(*texts) == [(((0, 1), (1, 0), (2, 0)), False, None)]


def test_equal_sentences_stand_beside_those_at_their_place():
    text = "We go on.\nWe add three.\nWe go on."
    assert [members for members, _, _ in aligned(text, text)] == [((0, n), (1, n)) for n in range(3)]
    assert all(equal for _, equal, _ in aligned(text, text))


def test_share_is_the_part_of_the_other_texts_that_have_a_counterpart():
    found = sides(["It is red. It was sold in May.", None, "It was sold in May.", "Cats purr loudly."])
    assert found.cells[1] is None
    assert [sentence.share for sentence in found.cells[0].sentences] == [0.0, 0.5]
    assert [sentence.group for sentence in found.cells[0].sentences] == [None, 0]
    assert found.cells[3].sentences[0].share == 0.0


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("The total is 1,000 jars.", "The total is 1001 jars."),
        ("The cart holds 72 jars in all.", "The cart holds 71 jars in all."),
        ("So 8 × 9 = 72.", "So 8 × 9 = 71."),  # noqa: RUF001 -- as models write it
        ("Therefore we have \\boxed{72}", "Answer: 71 jars"),
        ("72", "**71**"),
        ("Hence \\boxed{(2, 3)}", "Hence \\boxed{(4, 3)}"),
        ("The temperature falls by 3 degrees.", "The temperature falls by -3 degrees."),
        ("The chance of rain is 25%.", "The chance of rain is 0.2."),
        ("The chance of rain is 25%.", "The chance of rain is 2500%."),
        ("The answer is \\boxed{0.25}", "The answer is \\boxed{25}"),
    ],
)
def test_another_number_contradicts(first, other):
    assert contradiction(first, other) == "number"


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("The total is 1,000 jars.", "The total is 1000 jars."),
        ("Half of it is 0.5 litres.", "Half of it is 1/2 litres."),
        ("Half of it is \\frac{1}{2} litres.", "Half of it is 0.50 litres."),
        ("So the cart holds 8 × 9 = 72 jars.", "So the cart holds 9 × 8 = 72 jars."),  # noqa: RUF001
        ("So the cart holds 72 jars.", "So the cart holds 8 × 9 = 72 jars."),  # noqa: RUF001
        ("The answer is \\boxed{72}", "The answer is 72.0"),
        ("The chance of rain is 25%.", "The chance of rain is 0.25."),
        ("The chance of rain is 25 percent.", "The chance of rain is 1/4."),
        ("The answer is \\boxed{25\\%}", "The answer is 0.25"),
        ("The answer is \\boxed{8 \\times 9 = 72}", "72"),
        ("The answer is 3.5 \\times 10^3.", "The answer is 3500."),
        ("Hence \\boxed{3x + 2}", "Hence \\boxed{2 + 3x}"),
        ("3 × 9 = 27", "8 × 9 = 72"),  # noqa: RUF001 -- another sum, which may be right as well
        ("Step 1: We add the jars.", "Step 2: We add the jars."),
        ("The first train covers 60 miles in time.", "The second train covers 80 miles in time."),
    ],
)
def test_the_same_value_or_something_else_does_not(first, other):
    assert contradiction(first, other) is None


@pytest.mark.parametrize(
    ("first", "other", "found"),
    [
        ("The answer is (A).", "Therefore the answer is **B**.", "choice"),
        ("So the right one is \\boxed{C}", "So the right one is \\boxed{\\text{D}}", "choice"),
        ("Therefore, option A is correct.", "Therefore, option C is correct.", "choice"),
        ("The correct option is B) 12", "The correct option is C) 14", "choice"),
        ("I choose A.", "I choose D.", "choice"),
        ("(A)", "**B**", "choice"),
        ("The answer is (A).", "So option A is the answer: (A)", None),
        ("The answer is a matter of taste.", "The answer is a matter of taste!", None),
    ],
)
def test_another_choice_contradicts(first, other, found):
    assert contradiction(first, other) == found


@pytest.mark.parametrize(
    ("first", "other", "found"),
    [
        ("The second step is correct.", "The second step is not correct.", "negation"),
        ("The second step is correct.", "The second step is incorrect.", "negation"),
        ("The second step isn't valid.", "The second step is invalid.", None),
        ("Verdict: right", "Verdict: wrong", "negation"),
        ("Verdict: wrong", "**Verdict:** wrong", None),
        ("The answer is yes.", "The answer is no.", "negation"),
        ("True", "False", "negation"),
    ],
)
def test_a_denial_contradicts(first, other, found):
    assert contradiction(first, other) == found


def test_a_bare_answer_ends_a_text_only_where_nothing_else_states_one():
    assert aligned("We add.\n\nThe answer is:\n\n72", "We multiply it all.\n\nThe answer is \\boxed{71}") == [
        (((0, 2), (1, 1)), False, "number")
    ]
    checked = "The answer is 12.\n\nIs that so? Yes."
    assert aligned("The answer is 12.", checked) == [(((0, 0), (1, 0)), True, None)]


def test_sentences_are_the_whole_text_and_formulas_stay_whole():
    text = "We see:\n1. First, \\[\na = b. C\n\\] holds.\n2. Then stop. $x. Y$ is it.\r\n\r\n---\n"
    assert split(text) == [
        "We see:\n",
        "1. First, \\[\na = b. C\n\\] holds.\n",
        "2. Then stop. ",
        "$x. Y$ is it.\r\n\r\n---\n",
    ]


def test_no_character_as_a_reader_sees_it_is_cut():
    family, accented = "👩\u200d👩\u200d👧\u200d👦", "e\u0301"
    text = f"{family}. Caf{accented}. {accented} is 72. \u0301Odd. \U0001f1e8\U0001f1ed!"
    found = split(text)
    assert "".join(found) == text
    assert not any(part[0] == "\u0301" or part[0] == "\u200d" for part in found)
    assert any(family in part for part in found)


@pytest.mark.parametrize("name", SHORT)
def test_hostile_texts_are_split_without_gaps(name):
    text = storable(SHORT[name])
    found = spans(text)
    assert "".join(text[start:end] for start, end in found) == text
    assert [start for start, _ in found[1:]] == [end for _, end in found[:-1]]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "$$", "42"])
def test_next_to_nothing_is_split_and_aligned(text):
    assert "".join(split(text)) == text
    assert len(aligned(text, "Something else is said here.")) == 0


def test_a_text_of_very_many_lines_has_a_last_sentence_with_the_rest():
    text = "x is here\n" * 5000
    assert len(spans(text)) == 2001
    assert spans(text)[-1] == (20_000, 50_000)
