"""What came of a batch: its figures, by category, source and expert, and the runs that each number counts."""

from math import sqrt

import pytest

from batched_runs import begun, pose
from storage.proportions import interval
from storage_events import record, run_finished, run_started


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


def test_seconds_a_question_are_told_when_all_are_done(batches, recorder):
    batch = begun(batches, questions=4)
    usage = {"seconds": 600.0, "loading": 0.0, "generating": 600.0, "idle": 0.0, "loads": {}}
    batches.add_usage(batch.id, usage)
    pose(recorder, batch, "q1")
    assert batches.page()[0].figures.seconds is None
    for question in ("q2", "q3", "q4"):
        pose(recorder, batch, question)
    assert batches.page()[0].figures.seconds is None
    batches.finish(batch.id)
    assert batches.results(batch.id).figures.seconds == 600 / 4


def test_a_deleted_run_leaves_the_seconds_a_question_as_they_were(batches, recorder, curation):
    batch = begun(batches, questions=2)
    usage = {"seconds": 10.0, "loading": 0.0, "generating": 10.0, "idle": 0.0, "loads": {}}
    batches.add_usage(batch.id, usage)
    runs = [pose(recorder, batch, question) for question in ("q1", "q2")]
    batches.finish(batch.id)
    curation.delete(runs[:1])
    assert batches.results(batch.id).figures.seconds == 10 / 2


def test_answers_that_could_not_be_read_count_as_wrong_of_batch_and_expert_alike(batches, recorder, traces):
    batch = begun(batches)
    for number in range(10):
        correct = {0: True, 1: False}.get(number)
        of = {"id": f"q{number}"}
        run = pose(recorder, batch, f"q{number}", right=bool(correct), by=[("small", correct)], of=of)
        if correct is None:
            record(recorder, run_finished(run, None, correct=False))
    results = batches.results(batch.id)
    assert (results.figures.accuracy.right, results.figures.accuracy.of) == (1, 10)
    (small,) = results.experts
    assert (small.accuracy.right, small.accuracy.of) == (1, 10)
    assert results.unanswered == 8
    assert len(traces.page(batch=batch.id, wrong_by="small").runs) == 9
    assert len(traces.page(batch=batch.id, right_by="small").runs) == 1
    assert len(traces.page(batch=batch.id, without="answer", correct="judged").runs) == 8


def test_questions_without_a_known_answer_are_done_but_not_judged(batches, recorder, traces):
    batch = begun(batches)
    record(recorder, run_started("r", batch=batch.id, gold=None, of={"id": "q1", "gold": None}))
    record(recorder, run_finished("r", None, correct=None))
    results = batches.results(batch.id)
    assert (results.figures.done, results.figures.accuracy, results.categories) == (1, None, ())
    assert results.unanswered == 0
    assert [run.id for run in traces.page(batch=batch.id, without="answer").runs] == ["r"]
    assert traces.page(batch=batch.id, without="answer", correct="judged").runs == ()


def test_deleted_runs_are_not_counted(batches, recorder, curation):
    batch = begun(batches)
    pose(recorder, batch, "q1")
    run = pose(recorder, batch, "q2", right=False)
    curation.delete([run])
    assert batches.results(batch.id).figures.done == 1
    curation.restore([run])
    assert batches.page()[0].figures.done == 2


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
    record(recorder, run_started("failed", batch=batch.id, of={"id": "q3", "category": None}))
    record(recorder, run_finished("failed", None, outcome="failed", correct=None))
    record(recorder, run_started("open", batch=batch.id, of={"id": "q4", "category": None, "source": None}))
    assert ids(batch=batch.id, status="ended") == ["failed", "first-q2", "first-q1"]
    assert ids(batch=batch.id, correct="judged") == ["failed", "first-q2", "first-q1"]
    assert ids(without="category") == ["open", "failed"]
    assert ids(without="category", correct="judged") == ["failed"]
    assert ids(without="source") == ["open"]
    assert ids(without="anything else") == []
    facets = traces.facets()
    assert (facets.sources, facets.categories) == (("apples.jsonl", "pears.jsonl"), ("fruit", "roots"))
    assert [(named.id, named.title, named.protocol) for named in facets.batches] == [
        (other.id, "fruit.jsonl", "disputation"),
        (batch.id, "fruit.jsonl", "disputation"),
    ]
