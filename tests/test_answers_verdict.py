"""What a critique's verdict is, written in the many ways models write it."""

import pytest

from engine.answers import stated_verdict


@pytest.mark.parametrize(
    ("critique", "verdict"),
    [
        ("Every step is right.\nVerdict: right", "right"),
        ("The second step adds.\n\nVerdict: wrong.", "wrong"),
        ("VERDICT: WRONG", "wrong"),
        ("**Verdict:** wrong", "wrong"),
        ("**Verdict: Right**", "right"),
        ("__Verdict__: __wrong__", "wrong"),
        ("### Verdict\n\nRight", "right"),
        ('Verdict: "right"', "right"),
        ("Verdict: \N{LEFT DOUBLE QUOTATION MARK}wrong\N{RIGHT DOUBLE QUOTATION MARK}", "wrong"),
        ("Verdict - incorrect", "wrong"),
        ("Final verdict: correct.", "right"),
        ("My verdict is that the answer is wrong.", "wrong"),
        ("Verdict: The student's answer is right, though it is long.", "right"),
        ("Verdict: the answer is not correct", "wrong"),
        ("Verdict: not wrong", "right"),
        (r"Verdict: $\boxed{\text{wrong}}$", "wrong"),
        ("At first I thought the verdict: right. But 3 x 4 is 12.\nVerdict: wrong", "wrong"),
        ("Verdict: wrong\n\nI checked again.\n\nVerdict: right", "right"),
        ('End with "Verdict: right" or "Verdict: wrong".', None),
        ("Verdict: right or wrong?", None),
        ("Verdict: right/wrong", None),
        ("The answer is right.", None),
        ("The answer is wrong; no verdict was asked of me.", None),
        ("Verdict: partly right", None),
        ("Verdict: wro", None),
        ("Verdict: rightly so", None),
        ("", None),
    ],
)
def test_the_last_verdict_counts(critique: str, verdict: str | None) -> None:
    assert stated_verdict(critique) == verdict


def test_a_megabyte_of_beginnings_takes_no_time() -> None:
    assert stated_verdict("verdict: the answer is " * 40_000) is None
