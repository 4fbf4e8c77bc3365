"""Handing out items: who has which, for how long, and what becomes of drafts."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from annotating import criticised
from engine.errors import UserError
from storage.annotations.annotations import Annotations
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement, NewSpan
from storage.database import Database
from storage.errors import DraftOutdated, ItemTaken, NotAnAnnotator, QueueClosed, UnknownItem
from storage_events import record

ROOT = Path(__file__).parent.parent
HELPFUL, HARMFUL = Judgement("helpful"), Judgement("harmful")

WORK = """
import sys
from pathlib import Path
from storage.annotations.annotations import Annotations
from storage.annotations.records import Judgement
from storage.database import Database

annotations = Annotations(Database(Path(sys.argv[1])))
print("ready", flush=True)
sys.stdin.readline()
while item := annotations.next(sys.argv[2], sys.argv[3]):
    annotations.finish(item.id, sys.argv[3], Judgement("helpful"))
    print(item.id, flush=True)
"""


@pytest.fixture
def queue(annotations, recorder):
    """A queue of three critiques, each for one person."""
    record(recorder, *criticised("a", critics=("x", "y", "z")))
    return annotations.create_queue("q", QueueFilters())


def items(annotations, queue):
    return [item.id for item in annotations.items(queue.id)]


def test_an_item_in_somebodys_hands_is_nobody_elses_for_ten_minutes(annotations, queue, clock):
    first, second, third = items(annotations, queue)
    assert annotations.next(queue.id, "ann").id == first
    assert annotations.next(queue.id, "bea").id == second
    assert annotations.next(queue.id, "ann").id == first, "one's own comes first"
    with pytest.raises(ItemTaken, match="somebody else's hands"):
        annotations.take(first, "bea")
    clock.at += 599
    assert annotations.next(queue.id, "cid").id == third
    assert annotations.next(queue.id, "dan") is None
    clock.at += 1
    assert annotations.next(queue.id, "dan").id == first


@pytest.mark.parametrize("activity", ["renew", "draft", "take", "next"])
def test_whoever_is_at_work_keeps_the_item(annotations, queue, clock, activity):
    item = annotations.next(queue.id, "ann").id
    clock.at += 400
    match activity:
        case "draft":
            annotations.draft(item, "ann", HELPFUL)
        case "next":
            annotations.next(queue.id, "ann")
        case _:
            getattr(annotations, activity)(item, "ann")
    clock.at += 400
    with pytest.raises(ItemTaken):
        annotations.take(item, "bea")


def test_who_comes_back_too_late_finds_it_taken_and_the_draft_kept(annotations, queue, clock):
    item = annotations.next(queue.id, "ann").id
    annotations.draft(item, "ann", HELPFUL)
    clock.at += 600
    annotations.take(item, "bea")
    for refused in (annotations.draft, annotations.finish):
        with pytest.raises(ItemTaken):
            refused(item, "ann", HARMFUL)
    assert annotations.next(queue.id, "ann").id != item
    assert annotations.own(item, "ann").verdict == "helpful"
    clock.at += 600
    assert annotations.finish(item, "ann", HARMFUL).status == "done", "nobody else is at work on it now"
    with pytest.raises(ItemTaken, match="has all the annotations"):
        annotations.finish(item, "bea", HELPFUL)


def test_as_many_people_as_wanted_have_an_item(annotations, recorder):
    record(recorder, *criticised("a"))
    queue = annotations.create_queue("q", QueueFilters(), per_item=2)
    (item,) = items(annotations, queue)
    assert annotations.next(queue.id, "ann").id == annotations.next(queue.id, "bea").id == item
    assert annotations.next(queue.id, "cid") is None
    annotations.finish(item, "ann", HELPFUL)
    assert annotations.next(queue.id, "ann") is None
    with pytest.raises(ItemTaken):
        annotations.take(item, "cid")
    annotations.skip(item, "bea")
    assert annotations.next(queue.id, "cid").id == item


def test_what_was_skipped_goes_to_others_last_and_to_oneself_never_but_by_going_back(annotations, queue):
    first, second, third = items(annotations, queue)
    annotations.next(queue.id, "ann")
    annotations.draft(first, "ann", Judgement(comment="hm"))
    annotations.skip(first, "ann")
    for item in (second, third):
        assert annotations.next(queue.id, "bea").id == item
        annotations.finish(item, "bea", HELPFUL)
    assert annotations.next(queue.id, "ann") is None
    back = annotations.take(first, "ann")
    assert (back.status, back.comment) == ("draft", "hm")
    assert annotations.next(queue.id, "bea") is None
    annotations.skip(first, "ann")
    assert annotations.next(queue.id, "bea").id == first


def test_going_back_to_what_is_done_shows_it_and_reopening_makes_a_draft_of_it(annotations, queue):
    first, second, _ = items(annotations, queue)
    annotations.next(queue.id, "ann")
    done = annotations.finish(first, "ann", HELPFUL)
    assert annotations.take(first, "ann") == done
    assert annotations.skip(first, "ann") == done
    assert annotations.progress(queue.id, "ann").done == 1
    reopened = annotations.reopen(first, "ann")
    assert (reopened.status, reopened.verdict) == ("draft", "helpful")
    assert annotations.progress(queue.id, "ann").done == 0
    assert annotations.next(queue.id, "bea").id == second
    assert annotations.of_queue(queue.id) == ()
    assert annotations.finish(first, "ann", HARMFUL).verdict == "harmful"
    assert [(one.item, one.verdict) for one in annotations.of_queue(queue.id)] == [(first, "harmful")]


def test_finishing_twice_changes_nothing(annotations, queue, clock):
    item = annotations.next(queue.id, "ann").id
    kept = annotations.finish(item, "ann", HELPFUL, revision=0)
    clock.at += 5
    assert annotations.finish(item, "ann", HELPFUL, revision=0) == kept
    with pytest.raises(DraftOutdated):
        annotations.finish(item, "ann", HARMFUL, revision=0)
    assert annotations.of_item(item) == (kept,)


def test_an_older_draft_never_overwrites_a_newer_one(annotations, queue):
    item = annotations.next(queue.id, "ann").id
    here = annotations.draft(item, "ann", Judgement(comment="one"), revision=0)
    there = annotations.draft(item, "ann", Judgement(comment="one two"), revision=here.revision)
    with pytest.raises(DraftOutdated, match="open the item anew"):
        annotations.draft(item, "ann", Judgement(comment="other"), revision=here.revision)
    assert annotations.own(item, "ann") == there
    annotations.finish(item, "ann", HELPFUL, revision=there.revision)
    with pytest.raises(DraftOutdated):
        annotations.draft(item, "ann", Judgement(comment="late"))
    assert annotations.own(item, "ann").status == "done"


def test_a_late_draft_does_not_bring_back_what_was_skipped(annotations, queue):
    item = annotations.next(queue.id, "ann").id
    kept = annotations.draft(item, "ann", HELPFUL, revision=0)
    annotations.skip(item, "ann")
    with pytest.raises(DraftOutdated):
        annotations.draft(item, "ann", HELPFUL, revision=kept.revision)
    assert annotations.own(item, "ann").status == "skipped"


def test_a_late_renewal_does_not_bring_back_what_was_skipped(annotations, queue):
    first, second, _ = items(annotations, queue)
    annotations.next(queue.id, "ann")
    annotations.skip(first, "ann")
    annotations.renew(first, "ann")
    assert annotations.own(first, "ann").status == "skipped"
    assert annotations.next(queue.id, "ann").id == second


def test_case_does_not_tell_annotators_apart(annotations, recorder):
    record(recorder, *criticised("a"))
    queue = annotations.create_queue("q", QueueFilters(), annotators=["ann", " Ann", "BEA"], per_item=2)
    assert len(queue.annotators) == 2
    assert annotations.next(queue.id, "Bea")
    assert annotations.next(queue.id, "ann")


def test_only_those_a_queue_is_for_get_its_items(annotations, recorder):
    record(recorder, *criticised("a"))
    own = annotations.create_queue("Ann's", QueueFilters(), annotators=["ann"])
    for refused in (
        lambda: annotations.next(own.id, "bea"),
        lambda: annotations.take(items(annotations, own)[0], "bea"),
    ):
        with pytest.raises(NotAnAnnotator, match="not meant for bea"):
            refused()
    assert annotations.next(own.id, "ann")


def test_a_closed_queue_hands_nothing_out_but_what_was_begun_is_finished(annotations, queue):
    first, second, _ = items(annotations, queue)
    annotations.next(queue.id, "ann")
    assert annotations.close_queue(queue.id).closed_at is not None
    assert annotations.next(queue.id, "bea") is None
    with pytest.raises(QueueClosed):
        annotations.take(second, "bea")
    assert annotations.finish(first, "ann", HELPFUL).status == "done"
    annotations.open_queue(queue.id)
    assert annotations.next(queue.id, "bea").id == second


def test_nothing_at_all_cannot_be_finished_but_drafted(annotations, queue):
    item = annotations.next(queue.id, "ann").id
    unlabelled = Judgement(spans=(NewSpan("critique", 0, 1, ""),))
    assert annotations.draft(item, "ann", unlabelled).spans[0].label == ""
    with pytest.raises(UserError, match="no label yet"):
        annotations.finish(item, "ann", unlabelled)
    with pytest.raises(UserError, match="skip it"):
        annotations.finish(item, "ann", Judgement(comment="  "))
    assert annotations.finish(item, "ann", Judgement(followed=False)).followed is False


def test_what_nobody_has(annotations):
    for refused in (annotations.take, annotations.skip, annotations.renew, annotations.reopen):
        with pytest.raises(UnknownItem, match="no item 9"):
            refused(9, "ann")


def test_models_take_no_persons_place_and_are_kept_apart_from_namesakes(annotations, queue):
    item = annotations.next(queue.id, "ann").id
    annotations.record_judged(item, "ann", HARMFUL)
    judged = annotations.record_judged(item, "ann", HELPFUL)
    assert (judged.kind, judged.model, judged.verdict, judged.revision) == ("model", "ann", "helpful", 1)
    annotations.finish(item, "ann", HARMFUL)
    assert [(one.kind, one.verdict) for one in annotations.of_item(item)] == [
        ("human", "harmful"),
        ("model", "helpful"),
    ]
    assert annotations.history(queue.id, "ann") == (item,)


def test_in_a_blind_queue_one_sees_but_what_one_said(annotations, queue):
    item = annotations.next(queue.id, "ann").id
    annotations.finish(item, "ann", HELPFUL)
    annotations.record_judged(item, "Judge 7B", HARMFUL)
    open_one = annotations.create_queue("open", QueueFilters(), blind=False)
    annotations.finish(items(annotations, open_one)[0], "bea", HARMFUL)
    assert [one.annotator for one in annotations.of_item(item, seen_by="ann")] == ["ann"]
    assert annotations.of_queue(queue.id, seen_by="bea") == ()
    assert [one.annotator for one in annotations.of_run("a", seen_by="ann")] == ["ann", "bea"]
    assert len(annotations.of_run("a")) == 3


def test_threads_and_databases_that_ask_at_once_never_share_the_last_place(database, recorder):
    record(recorder, *criticised("a", critics=[f"c{place:02}" for place in range(24)]))
    queue = Annotations(database).create_queue("q", QueueFilters(), per_item=2)
    other = Database(database.path)
    names = [f"n{place}" for place in range(8)]
    together = Barrier(len(names))

    def work(place):
        mine = Annotations(other if place % 2 else database)
        got = []
        together.wait()
        while item := mine.next(queue.id, names[place]):
            got.append(item.id)
            mine.finish(item.id, names[place], HELPFUL)
        return got

    with ThreadPoolExecutor(len(names)) as pool:
        got = [item for found in pool.map(work, range(len(names))) for item in found]
    other.close()
    assert sorted(got) == sorted([item.id for item in Annotations(database).items(queue.id)] * 2)
    assert Annotations(database).progress(queue.id, "n0").done == 24


def test_processes_that_ask_at_once_share_no_item(database, recorder):
    record(recorder, *criticised("a", critics=[f"c{place:02}" for place in range(30)]))
    queue = Annotations(database).create_queue("q", QueueFilters())
    command = [sys.executable, "-c", WORK, str(database.path), queue.id]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    children = [subprocess.Popen([*command, name], cwd=ROOT, **pipes) for name in ("ann", "bea")]
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    got = [int(line) for child in children for line in child.communicate()[0].split()]
    assert sorted(got) == [item.id for item in Annotations(database).items(queue.id)]
