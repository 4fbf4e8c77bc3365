"""The agreement of three annotators over twenty critiques, as worked out by hand and by the reference libraries."""

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from annotated import annotation, span
from storage.agreement import agreement, disputes
from storage.annotations.label_schema import Label

LABELS = tuple(Label(name=name, title=name.title()) for name in ("correct", "wrong", "vague"))
ANNOTATORS = ("ann", "bea", "cem")
VERDICTS = {"H": "helpful", "N": "harmless", "X": "harmful"}

# A column each for ann, bea and cem; a point is an item that they did not judge.
TABLE = (
    *("HHH", "HHH", "HH.", "HNH", "NNN", "NN.", "NXN", "XXX", "XX.", "XNX"),
    *("H.H", "H..", ".NN", ".XH", "NNN", "HHN", "XXX", "N..", "HHH", "HNX"),
)

# The coincidence matrix (Krippendorff 2011, C): a unit of m values adds 1 / (m - 1) for each ordered pair of them.
#   HHH (3 times), HH. (3.), H.H (11.), HNH, HHN   o_HH = 3*3 + 2 + 2 + 1 + 1 = 15
#   NNN (2), NN. , .NN , NXN                        o_NN = 2*3 + 2 + 2 + 1     = 11
#   XXX (2), XX. , XNX                              o_XX = 2*3 + 2 + 1         = 9
#   HNH, HHN: 1 each; HNX: 1/2                      o_HN = o_NH = 2.5
#   .XH: 1; HNX: 1/2                                o_HX = o_XH = 1.5
#   NXN, XNX: 1 each; HNX: 1/2                      o_NX = o_XN = 2.5
# "H.." and "N.." pair with nothing. So n_H = 15 + 2.5 + 1.5 = 19, n_N = 11 + 5 = 16, n_X = 9 + 4 = 13, n = 48, and
# alpha = 1 - (n - 1) * sum of o_ck / sum of n_c n_k over c != k = 1 - 47 * 13 / (2 * (19*16 + 19*13 + 16*13)).
VERDICT_ALPHA = 1 - 47 * 13 / 1518

# Whoever says X marks something wrong, whoever says N something vague, so the matrices of these labels are
#   wrong: o_10 = o_XH + o_XN = 4, n_1 = 13, n_0 = 35    vague: o_10 = o_NH + o_NX = 5, n_1 = 16, n_0 = 32
# and all labels together, with "correct" that nobody uses: o_10 = 9, n_1 = 29, n_0 = 3*48 - 29 = 115, n = 144.
WRONG_ALPHA = 1 - 47 * 4 / (35 * 13)
VAGUE_ALPHA = 1 - 47 * 5 / (32 * 16)
LABELS_ALPHA = 1 - 143 * 9 / (115 * 29)


def annotated(**kinds):
    marked = {"H": (), "N": (span(0, 4, "vague"),), "X": (span(2, 8, "wrong"),)}
    return [
        annotation(
            who,
            f"critique/{number}",
            VERDICTS[said],
            *marked[said],
            item=number,
            kind=kinds.get(who, "human"),
            model="Qwen" if who in kinds else None,
        )
        for number, row in enumerate(TABLE, 1)
        for who, said in zip(ANNOTATORS, row, strict=True)
        if said != "."
    ]


def pair(figures, first, second):
    return next(one for one in figures.pairs if (one.first, one.second) == (first, second))


def test_alpha_is_that_of_the_coincidence_matrix_worked_out_by_hand():
    found = agreement(annotated(), LABELS)

    assert (found.items, found.shared, found.annotations) == (20, 18, 50)
    assert found.everyone.verdict.alpha == pytest.approx(VERDICT_ALPHA)
    assert found.everyone.verdict.alpha == pytest.approx(0.597497, abs=1e-6)
    assert (found.everyone.verdict.units, found.everyone.verdict.values) == (18, 48)
    correct, wrong, vague = found.everyone.by_label
    assert (wrong.label, wrong.title, wrong.used) == ("wrong", "Wrong", 13)
    assert wrong.alpha.alpha == pytest.approx(WRONG_ALPHA)
    assert (vague.used, vague.alpha.alpha) == (17, pytest.approx(VAGUE_ALPHA))  # that of item 18 stands alone
    assert found.everyone.labels.alpha == pytest.approx(LABELS_ALPHA)
    assert (correct.used, correct.alpha.alpha) == (0, None)
    assert correct.alpha.reason


def test_alpha_is_that_of_the_reference_library_on_the_same_table():
    codes = {"H": 0.0, "N": 1.0, "X": 2.0, ".": np.nan}
    table = np.array([[codes[said] for said in row] for row in TABLE]).T
    whether = {code: np.where(np.isnan(table), np.nan, table == code) for code in (1.0, 2.0)}
    together = np.concatenate([whether[1.0], whether[2.0], np.where(np.isnan(table), np.nan, 0.0)], axis=1)

    found = agreement(annotated(), LABELS).everyone

    def reference(data):
        return pytest.approx(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))

    assert found.verdict.alpha == reference(table)
    assert [one.alpha.alpha for one in found.by_label[1:]] == [
        reference(whether[2.0]),
        reference(whether[1.0]),
    ]
    assert found.labels.alpha == reference(together)


def test_kappa_of_two_is_that_worked_out_by_hand_and_that_of_the_reference_library():
    found = agreement(annotated(), LABELS).everyone

    # ann and bea both judged 15 items and agree on 11. ann says H 7, N 4, X 4 times, bea H 5, N 6, X 4 times:
    # p_e = (7*5 + 4*6 + 4*4) / 15² = 1/3, kappa = (11/15 - 1/3) / (2/3) = 0.6 (Cohen 1960).
    verdict = pair(found, "ann", "bea").verdict
    assert (verdict.items, verdict.agreed) == (15, pytest.approx(11 / 15))
    assert verdict.kappa == pytest.approx(0.6)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        both = [(row[first], row[second]) for row in TABLE if "." not in (row[first], row[second])]
        reference = cohen_kappa_score(*zip(*both, strict=True))
        mine = pair(found, ANNOTATORS[first], ANNOTATORS[second]).verdict
        assert (mine.items, mine.kappa) == (len(both), pytest.approx(reference))
    # Whether each of three labels is used: 45 units, of which the four items that they dispute hold 6 unlike ones
    # (HN twice: vague; NX and XN: vague and wrong). ann uses 4 + 4 labels, bea 6 + 4.
    labels = pair(found, "ann", "bea").labels
    by_chance = (8 * 10 + 37 * 35) / 45**2
    assert (labels.items, labels.agreed) == (45, pytest.approx(39 / 45))
    assert labels.kappa == pytest.approx((39 / 45 - by_chance) / (1 - by_chance))


def test_a_judge_is_held_against_what_most_people_say():
    found = agreement(annotated(cem="model"), LABELS)

    # Items 4, 7, 10 and 20 are tied between ann and bea. Of the 11 others cem agrees on 9; the people say H 5, N 3,
    # X 3 times, cem H 5, N 4, X 2 times: p_e = (25 + 12 + 6) / 121, kappa = (99 - 43) / (121 - 43).
    (judge,) = found.judges
    assert (judge.judge, judge.model) == ("cem", "Qwen")
    assert (judge.verdict.items, judge.verdict.agreed) == (11, pytest.approx(9 / 11))
    assert judge.verdict.kappa == pytest.approx(56 / 78)
    assert [(one.first, one.second) for one in found.people.pairs] == [("ann", "bea")]
    assert found.people.pairs == found.everyone.pairs[:1]
    assert found.people.verdict.alpha != pytest.approx(VERDICT_ALPHA)
    assert found.everyone.verdict.alpha == pytest.approx(VERDICT_ALPHA)


def test_people_alone_are_not_told_twice():
    found = agreement(annotated(), LABELS)
    assert (found.people, found.judges) == (None, ())


def test_the_most_disputed_items_come_first():
    found = disputes(annotated())

    # 14 (X, H): unlike in verdict and in the one label. 20 (H, N, X): 1 and, for wrong and vague, 2 of 3 pairs each.
    # 7 and 10 (NXN, XNX): 2 of 3 pairs and in both labels 2 of 3. 4, 16: 2 of 3 and in one label 2 of 3.
    shares = [(14, 1.0), (20, 5 / 6), (4, 2 / 3), (7, 2 / 3), (10, 2 / 3), (16, 2 / 3)]
    assert [(one.item, pytest.approx(one.disagreement)) for one in found] == shares
    assert found[1].verdict_disagreement == 1
    assert found[1].label_disagreement == pytest.approx(2 / 3)
    assert [(said.annotator, said.verdict, said.labels) for said in found[1].said] == [
        ("ann", "helpful", ()),
        ("bea", "harmless", ("vague",)),
        ("cem", "harmful", ("wrong",)),
    ]


def test_the_overlap_of_what_two_marked_is_the_mean_f1_by_character():
    given = [
        # 5 characters of 10 and 10 in common: 2*5 / 20 = 1/2. Overlapping spans of one person count once.
        annotation("ann", "one", "harmful", span(0, 10), span(4, 8, "vague")),
        annotation("bea", "one", "harmful", span(5, 15)),
        # Neither marked anything: 1.
        annotation("ann", "two", "helpful"),
        annotation("bea", "two", "helpful"),
        # The same place in another text is another place: 0.
        annotation("ann", "three", "harmful", span(0, 10, call="critique/a/on/b")),
        annotation("bea", "three", "harmful", span(0, 10, call="reason/b/0")),
    ]

    spans = agreement(given, LABELS).everyone.pairs[0].spans

    assert (spans.f1, spans.items) == (pytest.approx((1 / 2 + 1 + 0) / 3), 3)
    by_label = {one.label: (one.f1, one.items) for one in spans.by_label}
    assert by_label == {"correct": (None, 0), "wrong": (pytest.approx(1 / 4), 2), "vague": (0.0, 1)}


def test_a_figure_that_is_not_defined_says_why():
    alone = agreement([annotation("ann", "one", "helpful")], LABELS).everyone
    assert (alone.verdict.alpha, alone.pairs) == (None, ())
    assert "two annotators" in alone.verdict.reason

    alike = [annotation(who, call, "helpful") for who in ("ann", "bea") for call in ("one", "two")]
    found = agreement(alike, LABELS).everyone
    assert (found.verdict.alpha, found.verdict.units) == (None, 2)
    assert "same value" in found.verdict.reason
    assert (found.pairs[0].verdict.kappa, found.pairs[0].verdict.agreed) == (None, 1.0)
    assert "same value" in found.pairs[0].verdict.reason

    apart = agreement([annotation("ann", "one", "helpful"), annotation("bea", "two", "harmful")], LABELS)
    assert (apart.everyone.pairs[0].items, apart.everyone.pairs[0].spans.f1) == (0, None)
    assert apart.everyone.pairs[0].verdict.reason


def test_nothing_annotated_is_no_error():
    found = agreement([], LABELS)
    assert (found.items, found.everyone.verdict.alpha, disputes([])) == (0, None, ())


def test_only_what_is_finished_and_still_about_the_recorded_text_counts():
    given = [
        annotation("ann", "one", "helpful"),
        annotation("bea", "one", "harmful", status="draft"),
        annotation("cem", "one", None, status="skipped"),
        annotation("dan", "one", "harmful", stale=True),
    ]
    found = agreement(given, LABELS)
    assert (found.annotations, found.stale, [one.name for one in found.annotators]) == (1, 1, ["ann"])
    assert disputes(given) == ()


def test_a_label_that_the_schema_does_not_have_any_more_is_told_all_the_same():
    given = [annotation(who, "one", "harmful", span(0, 3, "sloppy")) for who in ("ann", "bea")]
    assert [one.label for one in agreement(given, LABELS).everyone.by_label][-1] == "sloppy"


def test_whether_the_refinement_followed_is_compared_as_well():
    said = {"one": (True, True), "two": (True, False), "three": (False, False), "four": (True, None)}
    given = [
        annotation(who, call, followed=value)
        for call, values in said.items()
        for who, value in zip(("ann", "bea"), values, strict=True)
    ]
    # o_TT = 2, o_TF = o_FT = 1, o_FF = 2, n_T = n_F = 3, n = 6: alpha = 1 - 5 * 1 / 9.
    followed = agreement(given, LABELS).everyone.followed
    assert (followed.alpha, followed.units) == (pytest.approx(4 / 9), 3)
