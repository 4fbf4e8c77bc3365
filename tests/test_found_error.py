"""Where the error stands that a critique names, however the critique writes it."""

import pytest

from engine.protocols.found_error import found_error
from engine.sentences import Sentence


def place(stated: str, sentence: str) -> tuple[str, int | None, int | None]:
    """The span as it is read, and its start and end in a text in which the sentence begins at 100."""
    found = found_error(f"The error span: {stated}", Sentence(100, 100 + len(sentence), sentence))
    return found.span, found.start, found.end


@pytest.mark.parametrize(
    ("stated", "span"),
    [
        ("51 metres.", "51 metres."),
        ("[51 metres]", "[51 metres]"),
        ('"51 metres."', "51 metres."),
        ("51 METRES", "51 METRES"),
        ("(51  Metres)!", "(51  Metres)!"),
    ],
)
def test_it_is_found_without_what_stands_around_it_and_in_any_case(stated: str, span: str) -> None:
    assert place(stated, "It is 51 metres high.") == (span, 106, 115)


def test_it_is_found_as_written_first() -> None:
    assert place("(so far)", "It is so far (so far) 5% up.") == ("(so far)", 113, 121)
    assert place("old", "The OLD and the old one.") == ("old", 116, 119)


def test_it_is_found_across_lines() -> None:
    assert place("51 metres", "It is 51\nmetres high.") == ("51 metres", 106, 115)


def test_places_are_code_points_also_where_letters_fold_to_several() -> None:
    # Lower-cased, the capital I with a dot is two code points: "old" would be one place later.
    assert place("old", "\u0130zmir is OLD.") == ("old", 109, 112)


@pytest.mark.parametrize("stated", ["...", "[]", "99 metres"])
def test_what_is_not_there_has_no_place(stated: str) -> None:
    assert place(stated, "It is 51 metres high.") == (stated, None, None)
