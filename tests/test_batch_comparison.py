"""Batches of the same questions: which they are, and how two differ."""

from dataclasses import asdict
from math import comb

import pytest

from batched_runs import begun, pose
from storage.proportions import mcnemar
from storage_events import record, run_started


def test_mcnemar_is_the_exact_test():
    # 17 questions that only one has right, each with probability 1/2: at most 5 of them, on either side.
    by_hand = 2 * sum(comb(17, few) for few in range(6)) / 2**17
    assert mcnemar(12, 5) == pytest.approx(by_hand)
    assert mcnemar(5, 12) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.1435, abs=1e-4)
    assert mcnemar(0, 0) == mcnemar(3, 3) == 1.0


def test_peers_are_the_batches_that_share_questions(batches, recorder):
    batch, part, other, apart = (begun(batches, key) for key in ("first", "part", "other", "apart"))
    for key, questions in ((batch, "abc"), (part, "ab"), (other, "bcd"), (apart, "xy")):
        for question in questions:
            pose(recorder, key, question)
    peers = batches.results(batch.id).peers
    assert [(peer.batch.key, peer.shared, peer.same) for peer in peers] == [
        ("other", 2, False),
        ("part", 2, True),
    ]
    assert peers[1].figures.done == 2


OTHERWISE = [
    {"text": "How many pears?"},
    {"choices": ["three", "five"]},
    {"document": "Another one."},
    {"draft": "A text."},
    {"gold": "A"},
]


@pytest.mark.parametrize("otherwise", OTHERWISE, ids=lambda otherwise: next(iter(otherwise)))
def test_the_same_id_of_another_question_pairs_nothing(batches, recorder, otherwise):
    batch, other = begun(batches), begun(batches, "other", title="pears.jsonl")
    for number in range(8):
        pose(recorder, batch, str(number))
        pose(recorder, other, str(number), right=False, of=otherwise if number else None)
    (peer,) = batches.results(batch.id).peers
    assert (peer.shared, peer.same) == (1, False)
    compared = batches.against(batch.id, other.id)
    assert (compared.shared, [pair.question_id for pair in compared.only_this], compared.p) == (1, ["0"], 1.0)


def test_questions_without_a_known_answer_are_shared_all_the_same(batches, recorder):
    batch, other = begun(batches), begun(batches, "other")
    for one in (batch, other):
        pose(recorder, one, "q1", of={"gold": None})
    assert [(peer.shared, peer.same) for peer in batches.results(batch.id).peers] == [(1, True)]
    assert batches.against(batch.id, other.id).shared == 0


def test_two_batches_are_compared_question_by_question(batches, recorder):
    batch, other = begun(batches), begun(batches, "other")
    outcomes = {"a": (1, 1), "b": (1, 0), "c": (1, 0), "d": (0, 1), "e": (0, 0), "f": (1, None)}
    for question, (this, that) in outcomes.items():
        pose(recorder, batch, question, right=bool(this))
        pose(recorder, other, question, right=None if that is None else bool(that))
    pose(recorder, batch, "only here")
    record(recorder, run_started("open", batch=other.id, of={"id": "only here"}))
    compared = batches.against(batch.id, other.id)
    assert compared.shared == 6
    assert [pair.run for pair in compared.both] == ["first-a"]
    assert [pair.other_run for pair in compared.neither] == ["other-e"]
    assert [pair.question_id for pair in compared.only_this] == ["b", "c", "f"]
    (pair,) = compared.only_other
    assert asdict(pair) == {
        "question_id": "d",
        "question": "Question d",
        "category": "fruit",
        "run": "first-d",
        "answer": "A",
        "other_run": "other-d",
        "other_answer": "B",
    }
    assert compared.difference == pytest.approx((1 - 3) / 6)
    assert compared.p == pytest.approx(2 * (comb(4, 0) + comb(4, 1)) / 2**4)
