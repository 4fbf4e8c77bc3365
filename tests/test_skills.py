"""Keywords: what is kept of the samples, and what they are matched to."""

import pytest

from engine.skills import Skill, keep_named_twice, nearest, parse_keywords


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("Keywords: Algebra, Word Problems", ["algebra", "word problems"]),
        ("algebra, geometry.", ["algebra", "geometry"]),
        ("**Keywords:** *Rates*, `units`\nThe answer is 5, so", ["rates", "units"]),
        ("Sure! Keywords: a, b, a", ["a", "b"]),
        ("Keywords: , ,algebra,", ["algebra"]),
        ("Keywords: this keyword is longer than twenty characters, sums", ["sums"]),
        ("", []),
    ],
)
def test_keywords_are_lower_case_without_full_stops_and_at_most_20_long(
    text: str, keywords: list[str]
) -> None:
    assert parse_keywords(text) == keywords


def test_a_keyword_of_exactly_20_characters_is_kept() -> None:
    assert parse_keywords(f"Keywords: {'x' * 20}, {'y' * 21}") == ["x" * 20]


def test_kept_are_those_that_more_than_one_sample_names() -> None:
    samples = [
        "Keywords: algebra, rates",
        "Keywords: Algebra., rates, rates",
        "Keywords: algebra, trains, trains",
        "Keywords: speed",
        "no idea",
    ]
    assert keep_named_twice(samples) == [Skill("algebra", 3), Skill("rates", 2)]


def test_each_keyword_is_matched_to_the_profile_skill_of_highest_cosine() -> None:
    # Unit vectors: 0.6·0 + 0.8·1 = 0.8 beats 0.6·1 + 0.8·0 = 0.6.
    matched = nearest([Skill("equation", 4)], [[0.6, 0.8]], ["anatomy", "algebra"], [[1.0, 0.0], [0.0, 1.0]])
    assert matched == [Skill("equation", 4, "algebra", pytest.approx(0.8))]


def test_nothing_to_match_is_nothing_matched() -> None:
    assert nearest([], [], ["algebra"], [[1.0]]) == []
