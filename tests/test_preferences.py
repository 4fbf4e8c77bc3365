"""Preference pairs of annotated runs."""

import pytest

from annotating import ANSWER, asked, criticised
from disputed_run import Disputation
from reranked_run import RerankedDisputation
from storage.annotations.annotations import Annotations
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement
from storage.preferences import preference_pairs
from storage_events import record


@pytest.fixture
def annotations(database):
    return Annotations(database)


def pairs(traces, annotations, queue, kind, **options):
    found = [
        one
        for one in preference_pairs(traces, annotations, queue, **options)
        if one["source"]["kind"] == kind
    ]
    for one in found:
        assert set(one) == {"prompt", "chosen", "rejected", "source"}
        assert [message["role"] for message in one["prompt"]] == ["user"]
        assert [message["role"] for side in ("chosen", "rejected") for message in one[side]] == [
            "assistant"
        ] * 2
    return [(one["source"]["chosen"]["call"], one["source"]["rejected"]["call"]) for one in found], found


def test_the_more_helpful_of_two_critiques_of_the_same_answer_is_chosen(recorder, traces, annotations):
    said = {pair: f"{pair[0]} on {pair[1]}\nVerdict: wrong" for pair in Disputation().critiques}
    record(recorder, *Disputation(critiques=said).events("one"))
    queue = annotations.create_queue("All", QueueFilters(), per_item=3).id
    item = {item.call: item.id for item in annotations.items(queue)}

    def judge(call, *verdicts):
        for who, verdict in zip(("ann", "bea", "cem"), verdicts, strict=False):
            annotations.finish(item[call], who, Judgement(verdict))

    # On small: a majority for harmless, and one who finds the other helpful.
    judge("critique/middle/on/small", "harmless", "harmful", "harmless")
    judge("critique/large/on/small", "helpful")
    # On middle: all find both harmful, but it was decided that one is harmless.
    judge("critique/small/on/middle", "harmful", "harmful")
    judge("critique/large/on/middle", "harmful")
    annotations.decide(item["critique/large/on/middle"], "ann", Judgement("harmless"))
    # On large: a tie beside a verdict gives no pair.
    judge("critique/small/on/large", "helpful", "harmful")
    judge("critique/middle/on/large", "harmless")

    names, found = pairs(traces, annotations, queue, "critique")

    assert names == [
        ("critique/large/on/small", "critique/middle/on/small"),
        ("critique/large/on/middle", "critique/small/on/middle"),
    ]
    assert found[0]["chosen"] == [{"role": "assistant", "content": "large on small\nVerdict: wrong"}]
    assert found[0]["rejected"] == [{"role": "assistant", "content": "middle on small\nVerdict: wrong"}]
    assert found[0]["prompt"] == [{"role": "user", "content": "Think step by step."}]
    assert found[0]["source"]["verdicts"] == ["helpful", "harmless"]
    assert found[1]["source"]["by"] == ["decision", "majority"]


def test_only_critiques_are_preferred_over_critiques(recorder, traces, annotations):
    record(
        recorder, *criticised("a"), *asked("a", "refine/1/large/0", "refine", "large", "Five.", target=ANSWER)
    )
    queue = annotations.create_queue("q", QueueFilters(step="refine"))
    for item, verdict in zip(annotations.items(queue.id), ("helpful", "harmful"), strict=True):
        annotations.finish(item.id, "ann", Judgement(verdict))
    assert pairs(traces, annotations, queue.id, "critique")[0] == []


def test_a_refinement_is_chosen_where_it_mends_and_rejected_where_it_spoils(recorder, traces, annotations):
    refined = {"small": ("Still 71.", "71"), "middle": ("Now 72.", "72"), "large": ("Rather 70.", "70")}
    record(recorder, *Disputation(refined=refined).events("one"))
    queue = annotations.create_queue("All", QueueFilters()).id

    names, found = pairs(traces, annotations, queue, "refinement")

    assert names == [("refine/middle/0", "reason/middle/0"), ("reason/large/0", "refine/large/0")]
    assert [one["source"]["change"] for one in found] == ["wrong to right", "right to wrong"]
    assert found[0]["chosen"] == [{"role": "assistant", "content": "Now 72."}]


def test_without_gold_no_refinement_is_better(recorder, traces, annotations):
    record(recorder, *Disputation(gold=None).events("one"))
    queue = annotations.create_queue("All", QueueFilters()).id
    assert pairs(traces, annotations, queue, "refinement")[0] == []


def test_what_was_chosen_by_vote_counts_only_where_it_is_asked_for(recorder, traces, annotations):
    record(recorder, *RerankedDisputation(rounds=1).events("one"))
    queue = annotations.create_queue("All", QueueFilters()).id
    chosen = [event for event in traces.events("one") if event["kind"] == "candidate_chosen"]
    expected = [
        (e["chosen"], other)
        for e in chosen
        if e["rounds"]
        for other in e["candidates"]
        if other != e["chosen"]
    ]

    assert pairs(traces, annotations, queue, "vote")[0] == []
    assert expected
    assert pairs(traces, annotations, queue, "vote", voted=True)[0] == expected


def test_what_a_run_that_went_on_tells_again_is_one_pair(recorder, traces, annotations):
    events = RerankedDisputation(rounds=1).events("one")
    record(recorder, *events)
    queue = annotations.create_queue("All", QueueFilters()).id
    once = pairs(traces, annotations, queue, "vote", voted=True)[0]
    again = [event for event in events if not event.kind.startswith("call_")]
    record(recorder, *again)
    assert once
    assert pairs(traces, annotations, queue, "vote", voted=True)[0] == once
