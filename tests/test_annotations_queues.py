"""Queues: which calls they take, in which order, and how far they are."""

import pytest

from annotating import ANSWER, CRITIQUE, REFINED, asked, criticised
from engine.errors import UserError
from engine.events import CallQueued
from storage.annotations.label_schema import Label, LabelSchema
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement
from storage.errors import UnknownItem, UnknownQueue
from storage_events import call_queued, record


def taken(annotations, **filters):
    """The runs and calls that a queue of these filters has, in its order."""
    queue = annotations.create_queue("q", QueueFilters(**filters))
    items = annotations.items(queue.id)
    assert [item.ordinal for item in items] == list(range(len(items)))
    assert queue.items == len(items) == annotations.matching(QueueFilters(**filters))
    return [(item.run, item.call) for item in items]


def test_a_queue_takes_finished_critiques_by_run_and_then_as_they_were_asked(annotations, recorder):
    record(recorder, *criticised("b", critics=("zeta", "alpha")))
    record(recorder, *criticised("a"))
    assert taken(annotations) == [
        ("b", "critique/1/zeta/on/small"),
        ("b", "critique/1/alpha/on/small"),
        ("a", CRITIQUE),
    ]


def test_votes_scores_and_what_is_not_done_are_no_items(annotations, recorder):
    record(recorder, *criticised("a", critics=()))
    record(recorder, *asked("a", "rerank/critique/1/small/1/large", "critique", "large", "1"))
    record(recorder, *asked("a", "reward/outcome/x", "critique", "large", "", target=ANSWER))
    record(recorder, call_queued("a", "critique/1/slow/on/small"))
    assert taken(annotations) == []


@pytest.mark.parametrize(
    ("filters", "runs"),
    [
        ({"text": "kettle wa"}, ["kettle"]),
        ({"protocol": "magicore"}, ["other"]),
        ({"expert": "middle"}, ["other"]),
        ({"answers": "right"}, ["kettle"]),
        ({"answers": "wrong"}, ["other"]),
        ({"verdict": "right"}, ["kettle"]),
        ({"verdict": "right", "answers": "wrong"}, []),
        ({"runs": ("other", "nowhere")}, ["other"]),
        ({"expert": "middle", "protocol": "magicore", "text": "sun"}, ["other"]),
        ({"text": 'NOT "'}, []),
    ],
)
def test_filters(annotations, recorder, filters, runs):
    record(recorder, *criticised("kettle", right=True, verdict="right", question="Why is the kettle warm?"))
    record(recorder, *criticised("other", critics=("middle",), protocol="magicore", question="Of the sun"))
    assert [run for run, _ in taken(annotations, **filters)] == runs


def test_a_batch_and_the_calls_of_other_steps(annotations, recorder, batches):
    batch = batches.begin(
        "key", title="t", protocol="p", settings={}, pool="p", runtime="r", seed=0, questions=1
    )
    record(recorder, *criticised("in", batch=batch.id))
    record(recorder, *criticised("out"))
    assert taken(annotations, batch=batch.id) == [("in", CRITIQUE)]
    assert taken(annotations, batch="nowhere") == []
    assert taken(annotations, step="reason", answers="wrong", batch=batch.id) == [("in", ANSWER)]
    assert taken(annotations, step="refine", answers="right", batch=batch.id) == [("in", REFINED)]
    assert taken(annotations, step="refine", answers="wrong") == []


def test_refreshing_adds_what_is_new_after_the_others(annotations, recorder):
    record(recorder, *criticised("a"))
    queue = annotations.create_queue("q", QueueFilters(), per_item=2)
    assert annotations.refresh(queue.id) == 0
    record(recorder, *criticised("b"))
    record(recorder, *asked("a", "critique/2/large/on/small", "critique", "large", "Again.", target=ANSWER))
    assert annotations.refresh(queue.id) == 2
    items = [(item.run, item.call) for item in annotations.items(queue.id)]
    assert items == [("a", CRITIQUE), ("a", "critique/2/large/on/small"), ("b", CRITIQUE)]
    assert annotations.progress(queue.id, "ann").annotations_wanted == 6


def test_a_deleted_run_is_out_of_sight_until_it_is_restored_and_purged_for_good(
    annotations, recorder, curation, traces
):
    record(recorder, *criticised("a"), *criticised("b"))
    queue = annotations.create_queue("q", QueueFilters())
    item = annotations.next(queue.id, "ann")
    annotations.finish(item.id, "ann", Judgement("helpful"))
    curation.delete(["a"])
    assert [item.run for item in annotations.items(queue.id)] == ["b"]
    assert annotations.queue(queue.id).items == annotations.progress(queue.id, "ann").items == 1
    assert annotations.progress(queue.id, "ann").mine == 0
    assert annotations.of_queue(queue.id) == annotations.of_run("a") == ()
    for refused in (annotations.context, annotations.item):
        with pytest.raises(UnknownItem):
            refused(item.id)
    with pytest.raises(UnknownItem):
        annotations.take(item.id, "bea")
    assert annotations.next(queue.id, "bea").run == "b"
    curation.restore(["a"])
    assert [one.run for one in annotations.of_queue(queue.id)] == ["a"]
    assert traces.run("a").annotations == 1
    curation.delete(["a"])
    curation.purge(older_than=-1)
    assert annotations.of_queue(queue.id) == annotations.of_item(item.id) == ()
    assert [item.run for item in annotations.items(queue.id)] == ["b"]


def test_the_schema_stays_as_it_was_when_the_queue_was_made(annotations, recorder):
    record(recorder, *criticised("a"))
    mine = LabelSchema(name="mine", title="Mine", labels=(Label(name="odd", title="Odd", key="1"),))
    queue = annotations.create_queue("q", QueueFilters(runs=("a",)), schema=mine, annotators=["ann", "bea"])
    assert annotations.queue(queue.id) == queue
    assert (queue.schema, queue.annotators, queue.filters.runs) == (mine, ("ann", "bea"), ("a",))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"title": "  "}, "title"),
        ({"per_item": 0}, "1 to 20 people"),
        ({"per_item": 3, "annotators": ["ann", "bea", "ann"]}, "3 people cannot"),
        ({"annotators": ["ann", " "]}, "has a name"),
        ({"schema": "nowhere"}, "no label schema 'nowhere': choose one of critique"),
    ],
)
def test_settings_that_are_not_right(annotations, settings, says):
    with pytest.raises(UserError, match=says):
        annotations.create_queue(settings.pop("title", "q"), QueueFilters(), **settings)
    assert annotations.queues() == ()


def test_queues_are_listed_newest_first_and_deleted_with_all_that_was_made_of_them(annotations, recorder):
    record(recorder, *criticised("a"))
    first = annotations.create_queue("first", QueueFilters())
    second = annotations.create_queue("second", QueueFilters())
    assert annotations.queues() == (second, first)
    item = annotations.next(first.id, "ann")
    annotations.finish(item.id, "ann", Judgement("helpful"))
    annotations.decide(item.id, "owner", Judgement("harmful"))
    annotations.delete_queue(first.id)
    assert annotations.queues() == (second,)
    assert annotations.of_run("a") == ()
    assert annotations.decision(item.id) is None
    with pytest.raises(UnknownQueue, match=first.id):
        annotations.queue(first.id)


def test_progress_counts_places_and_persons(annotations, recorder):
    record(recorder, *criticised("a", critics=("x", "y", "z")))
    queue = annotations.create_queue("q", QueueFilters(), per_item=2)
    for annotator in ("ann", "bea"):
        annotations.finish(annotations.next(queue.id, annotator).id, annotator, Judgement("helpful"))
    annotations.finish(annotations.next(queue.id, "ann").id, "ann", Judgement("harmful"))
    annotations.skip(annotations.next(queue.id, "ann").id, "ann")
    annotations.record_judged(annotations.items(queue.id)[2].id, "Judge 7B", Judgement("helpful"))
    progress = annotations.progress(queue.id, "ann")
    assert (progress.items, progress.annotations_wanted, progress.annotations_done) == (3, 6, 3)
    assert (progress.done, progress.mine, progress.skipped) == (1, 2, 1)
    assert annotations.progress(queue.id, "cid").mine == 0


def test_a_call_that_is_asked_anew_is_not_handed_out_meanwhile(annotations, recorder):
    record(recorder, *criticised("a"), *criticised("b"))
    queue = annotations.create_queue("q", QueueFilters())
    again, finished = asked("a", CRITIQUE, "critique", "large", "Another text.", target=ANSWER)
    assert isinstance(again, CallQueued)
    record(recorder, again)
    assert annotations.next(queue.id, "ann").run == "b"
    record(recorder, finished)
    assert annotations.next(queue.id, "bea").run == "a"
