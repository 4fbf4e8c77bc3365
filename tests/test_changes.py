"""Word-level changes between two texts."""

import pytest

from ui.changes import Change, changes


def rejoined(found: list[Change], *operations: str) -> list[str]:
    """The words of the stretches of these operations."""
    return "".join(change.text for change in found if change.operation in operations).split()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("two and two makes five in all", "two and two makes four in all"),
        ("", "something"),
        ("something", ""),
        ("a b c d", "x y z"),
        ("one\n\ntwo  three ", "one two\nthree four"),
        ("the cat sat on the mat by the door", "a cat lay on a mat near the door"),
    ],
)
def test_each_text_is_whole_in_its_stretches(before: str, after: str) -> None:
    found = changes(before, after)
    assert rejoined(found, "kept", "removed") == before.split()
    assert rejoined(found, "kept", "added") == after.split()


def test_one_word_changed_is_one_word_marked() -> None:
    found = changes("That makes 70 jars in all.", "That makes 72 jars in all.")
    assert [(change.operation, change.text.strip()) for change in found] == [
        ("kept", "That makes"),
        ("removed", "70"),
        ("added", "72"),
        ("kept", "jars in all."),
    ]


def test_one_character_changed_in_words_without_spaces_is_marked_alone() -> None:
    assert changes("答案是七十二个罐子", "答案是七十一个罐子") == [
        Change("kept", "答案是七十"),
        Change("removed", "二"),
        Change("added", "一"),
        Change("kept", "个罐子"),
    ]


def test_equal_texts_are_kept_in_one_stretch() -> None:
    assert changes("just so", "just so") == [Change("kept", "just so")]


def test_a_word_kept_between_changes_is_part_of_the_change() -> None:
    found = changes(
        "keep this start red and blue at the very end", "keep this start green and yellow at the very end"
    )
    assert [change.operation for change in found] == ["kept", "removed", "added", "kept"]


def test_texts_of_two_words_over_and_over_are_compared_at_once() -> None:
    """A comparison that is cubic in such texts would not end before the test is stopped."""
    before, after = "a b " * 4_000, "b a a " * 4_000
    found = changes(before, after)
    assert rejoined(found, "kept", "removed") == before.split()
    assert rejoined(found, "kept", "added") == after.split()


def test_very_long_texts_are_replaced_as_a_whole() -> None:
    before, after = "one " * 40_000, "two " * 40_000
    assert [change.operation for change in changes(before, after)] == ["removed", "added"]
    assert [change.operation for change in changes(before, before)] == ["kept"]
