"""Batches in the record: begun, gone on with, what they used, and what came of them."""

from dataclasses import asdict
from math import comb, sqrt

import pytest

from batched_runs import SETTINGS, begun, pose
from storage.batches import Batches
from storage.errors import UnknownBatch
from storage.proportions import interval, mcnemar
from storage_events import call_delta, call_finished, call_queued, record, run_finished, run_started


def wilson(right, of, z=1.959964):
    """The bounds of Wilson's interval, from its formula."""
    share = right / of
    centre = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (centre - spread) / (1 + z * z / of), (centre + spread) / (1 + z * z / of)


def test_the_interval_is_wilsons():
    assert interval(0, 0) is None
    found = interval(7, 10)
    # By hand for 7 of 10: (0.7 + 0.1921 ± 0.3429) / 1.3841.
    assert (found.low, found.high) == pytest.approx((0.39677, 0.89222), abs=1e-4)
    assert (found.low, found.high) == pytest.approx(wilson(7, 10), abs=1e-6)
    assert interval(0, 5).low == 0.0
    assert interval(5, 5).high == 1.0


def test_mcnemar_is_the_exact_test():
    # 17 questions that only one has right, each with probability 1/2: at most 5 of them, on either side.
    by_hand = 2 * sum(comb(17, few) for few in range(6)) / 2**17
    assert mcnemar(12, 5) == pytest.approx(by_hand)
    assert mcnemar(5, 12) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.1435, abs=1e-4)
    assert mcnemar(0, 0) == mcnemar(3, 3) == 1.0


def test_a_batch_is_begun_once_for_its_key(database, batches):
    first = begun(batches)
    assert (first.title, first.protocol, first.settings, first.seed) == (
        "fruit.jsonl",
        "disputation",
        SETTINGS,
        7,
    )
    assert (first.questions, first.finished_at) == (10, None)
    assert (
        Batches(database).begin(
            "first", title="x", protocol="x", settings={}, pool="x", runtime="x", seed=0, questions=1
        )
        == first
    )
    second = begun(batches, "second")
    assert second.id != first.id
    assert [summary.batch.id for summary in batches.page()] == [second.id, first.id]


def test_a_batch_that_is_not_there_is_said_so(batches):
    for asked in (batches.runs, batches.results, batches.finish):
        with pytest.raises(UnknownBatch, match="no batch 'x'"):
            asked("x")
    with pytest.raises(UnknownBatch):
        batches.against(begun(batches).id, "x")
    with pytest.raises(UnknownBatch):
        batches.add_usage("x", {"seconds": 1.0, "loading": 0.0, "generating": 1.0, "idle": 0.0, "loads": {}})


def test_a_batch_knows_its_runs_by_question(batches, recorder, curation):
    batch, other = begun(batches), begun(batches, "other")
    pose(recorder, batch, "q1")
    pose(recorder, batch, "q2", right=None)
    pose(recorder, other, "q3")
    record(recorder, run_started("alone", of={"id": "q4"}))
    assert batches.runs(batch.id) == {"q1": ("first-q1", "done"), "q2": ("first-q2", "failed")}
    again = pose(recorder, batch, "q2", run="again")
    assert batches.runs(batch.id)["q2"] == (again, "done")
    curation.delete(["first-q1"])
    assert list(batches.runs(batch.id)) == ["q2"]


def test_a_run_of_a_killed_batch_is_interrupted_and_keeps_its_answers(database, batches, recorder):
    batch = begun(batches)
    record(recorder, run_started("r", batch=batch.id, of={"id": "q1"}))
    record(recorder, call_queued("r", "a"), call_finished("r", "a", "Old."), call_queued("r", "a"))
    record(recorder, call_delta("r", "a", "Ne"), call_finished("r", "a", "New.", tokens=3))
    record(recorder, call_queued("r", "b"), call_delta("r", "b", "Half"))
    assert batches.runs(batch.id)["q1"].status == "running"
    assert batches.page()[0].batch.status == "running"
    later = Batches(database, now=lambda: 1e12)
    assert later.runs(batch.id)["q1"].status == "interrupted"
    assert later.page()[0].batch.status == "interrupted"
    answered = batches.answered("r")
    assert {name: (event.text, event.tokens, event.values) for name, (_, event) in answered.items()} == {
        "a": ("New.", 3, None)
    }
    assert batches.answered("never") == {}


def test_a_run_that_goes_on_stays_in_its_batch(batches, recorder, traces):
    batch = begun(batches)
    for _ in range(2):
        record(recorder, run_started("r", batch=batch.id, of={"id": "q1", "draft": "A text."}))
    assert (traces.run("r").batch, traces.run("r").draft) == (batch.id, "A text.")
    assert [run.batch for run in traces.page().runs] == [batch.id]
    record(recorder, run_started("stray", batch="gone"), run_finished("stray"))
    assert traces.run("stray").batch is None


def test_usage_adds_up_over_sittings(batches):
    batch = begun(batches)
    batches.add_usage(
        batch.id, {"seconds": 10.0, "loading": 3.0, "generating": 6.0, "idle": 1.0, "loads": {"small": 1}}
    )
    batches.add_usage(
        batch.id,
        {"seconds": 5.0, "loading": 2.0, "generating": 2.5, "idle": 0.5, "loads": {"small": 2, "large": 1}},
    )
    usage = batches.results(batch.id).batch.usage
    loads = {"small": 3, "large": 1}
    assert usage == {"seconds": 15.0, "loading": 5.0, "generating": 8.5, "idle": 1.5, "loads": loads}


def test_a_batch_ends_once(database):
    first, later = Batches(database, now=lambda: 100.0), Batches(database, now=lambda: 200.0)
    batch = begun(first)
    first.finish(batch.id)
    later.finish(batch.id)
    (summary,) = later.page()
    assert (summary.batch.finished_at, summary.batch.status) == (100.0, "done")


def test_results_count_each_question_once_and_failed_ones_as_wrong(batches, recorder):
    batch = begun(batches)
    empty = batches.results(batch.id)
    assert (empty.figures.done, empty.figures.accuracy, empty.figures.seconds) == (0, None, None)
    assert empty.experts == empty.categories == empty.peers == ()
    both = [("small", True), ("large", False)]
    pose(recorder, batch, "q1", by=both)
    pose(recorder, batch, "q2", right=False, by=[("small", True)])
    pose(recorder, batch, "q3", right=None, category="roots")
    pose(recorder, batch, "q3", right=True, category="roots", run="again")
    pose(recorder, batch, "q4", right=None, category=None)
    record(recorder, run_started("open", batch=batch.id, of={"id": "q6"}))
    batches.add_usage(
        batch.id, {"seconds": 8.0, "loading": 0.0, "generating": 8.0, "idle": 0.0, "loads": {"large": 2}}
    )
    results = batches.results(batch.id)
    figures = results.figures
    assert (figures.done, figures.wrong, figures.failed) == (4, 1, 1)
    assert (figures.accuracy.right, figures.accuracy.of) == (2, 4)
    assert (figures.accuracy.low, figures.accuracy.high) == pytest.approx(wilson(2, 4), abs=1e-6)
    # Three calls for q1, two for q2, one each for q3 and q4; each finished one has 40 + 10 tokens.
    assert figures.calls == 7 / 4
    assert figures.tokens == 3 * 50 / 4
    assert figures.seconds == 2.0
    assert results.unanswered == 0
    assert [
        (part.name, part.wrong, part.accuracy.right, part.accuracy.of) for part in results.categories
    ] == [
        ("fruit", 1, 1, 2),
        ("roots", 0, 1, 1),
        (None, 0, 0, 1),
    ]
    assert [part.name for part in results.sources] == ["apples.jsonl"]
    small, large = results.experts
    assert (small.title, small.place, small.accuracy.right, small.accuracy.of) == ("Small", 0, 2, 2)
    assert (large.title, large.place, large.accuracy.right, large.accuracy.of) == ("large", -1, 0, 1)
    assert (small.loads, large.loads) == (0, 2)


def test_questions_without_a_known_answer_are_done_but_not_judged(batches, recorder):
    batch = begun(batches)
    record(recorder, run_started("r", batch=batch.id, gold=None, of={"id": "q1", "gold": None}))
    record(recorder, run_finished("r", None, correct=None))
    results = batches.results(batch.id)
    assert (results.figures.done, results.figures.accuracy, results.categories) == (1, None, ())
    assert results.unanswered == 1


def test_deleted_runs_are_not_counted(batches, recorder, curation):
    batch = begun(batches)
    pose(recorder, batch, "q1")
    run = pose(recorder, batch, "q2", right=False)
    curation.delete([run])
    assert batches.results(batch.id).figures.done == 1
    curation.restore([run])
    assert batches.page()[0].figures.done == 2


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


def test_two_batches_are_compared_question_by_question(batches, recorder):
    batch, other = begun(batches), begun(batches, "other")
    outcomes = {"a": (1, 1), "b": (1, 0), "c": (1, 0), "d": (0, 1), "e": (0, 0), "f": (1, None)}
    for question, (this, that) in outcomes.items():
        pose(recorder, batch, question, right=bool(this))
        pose(recorder, other, question, right=None if that is None else bool(that))
    pose(recorder, batch, "only here")
    record(recorder, run_started("open", batch=other.id, of={"id": "only here"}))
    compared = batches.against(batch.id, other.id)
    assert (compared.shared, compared.both, compared.neither) == (6, 1, 1)
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


def test_runs_are_narrowed_to_a_batch_and_what_it_tells_of(batches, recorder, traces):
    batch, other = begun(batches), begun(batches, "other")
    pose(recorder, batch, "q1", by=[("small", True)])
    pose(recorder, batch, "q2", right=False, category="roots", by=[("small", False), ("large", True)])
    pose(recorder, other, "q1", by=[("small", False)])
    record(recorder, run_started("alone", of={"source": "pears.jsonl"}))

    def ids(**filters):
        return [run.id for run in traces.page(**filters).runs]

    assert ids(batch=batch.id) == ["first-q2", "first-q1"]
    assert ids(batch="never") == []
    assert ids(batch=batch.id, category="fruit", correct="right") == ["first-q1"]
    assert ids(category="roots") == ["first-q2"]
    assert ids(source="pears.jsonl") == ["alone"]
    assert ids(batch=batch.id, wrong_by="small") == ids(right_by="large") == ["first-q2"]
    assert ids(right_by="small") == ["first-q1"]
    assert ids(wrong_by="small") == ["other-q1", "first-q2"]
    assert ids(text="question", batch=batch.id, wrong_by="small") == ["first-q2"]
    facets = traces.facets()
    assert (facets.sources, facets.categories) == (("apples.jsonl", "pears.jsonl"), ("fruit", "roots"))
    assert [(named.id, named.title, named.protocol) for named in facets.batches] == [
        (other.id, "fruit.jsonl", "disputation"),
        (batch.id, "fruit.jsonl", "disputation"),
    ]
