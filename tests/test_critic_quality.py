"""How good critics are: figures worked out by hand from what was said of their critiques."""

from dataclasses import replace

import pytest

from annotating import ANSWER, CRITIQUE, asked, criticised
from engine.critics import smoothed
from storage.annotations.quality import CriticQuality, Quality
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement
from storage_events import record


def of(run, critic="large"):
    return run, f"critique/1/{critic}/on/small"


@pytest.fixture
def say(annotations, recorder):
    """Keeps what an annotator says of a run's critique; the run is recorded where it is not yet."""
    recorded = set()

    def said(run, verdict, by="ada", critic="large", **changes):
        if run not in recorded:
            record(recorder, *criticised(run, critics=("large", "other")))
            recorded.add(run)
        annotations.annotate(*of(run, critic), by, Judgement(verdict, comment="So it is."), **changes)

    return said


def test_nobody_judged_anything(annotations):
    assert annotations.critic_quality() == CriticQuality(None, {})
    assert annotations.critic_weights() == {}


def test_every_critique_counts_once_however_many_judged_it(annotations, say):
    say("one", "helpful", "ada")
    say("one", "helpful", "bob")
    say("one", "harmless", "cyd")
    say("two", "harmful", "ada")
    say("two", None, "bob")
    say("three", "helpful", "ada")
    say("three", "harmful", "ada", critic="other")
    # large: one (1 + 1 + 0.5) / 3 = 5/6, two 0, three 1: their mean is 11/18. other: three 0.
    quality = annotations.critic_quality()
    assert quality.kind == "human"
    assert quality.critics["large"] == Quality(pytest.approx(11 / 18), 3, helpful=2, harmless=0, harmful=1)
    assert quality.critics["other"] == Quality(0.0, 1, helpful=0, harmless=0, harmful=1)
    # (11/18 * 3 + 1) / (3 + 2) = 17/30; (0 + 1) / (1 + 2).
    assert annotations.critic_weights() == {"large": pytest.approx(17 / 30), "other": pytest.approx(1 / 3)}
    assert smoothed(11 / 18, 3) == pytest.approx(17 / 30)


def test_where_annotators_differ_much_a_critique_counts_as_harmless(annotations, say):
    say("one", "helpful", "ada")
    say("one", "harmful", "bob")
    say("two", "helpful", "ada")
    say("two", "harmless", "bob")
    quality = annotations.critic_quality().critics["large"]
    assert (quality.mean, quality.harmless) == (pytest.approx((0.5 + 0.75) / 2), 2)


def test_a_decision_counts_instead_of_what_annotators_said(annotations, say):
    say("one", "harmful", "ada")
    say("one", "harmful", "bob")
    say("two", "harmless", "ada")
    queue = annotations.create_queue("q", QueueFilters(runs=("one",), expert="large"))
    (item,) = annotations.items(queue.id)
    annotations.decide(item.id, "ada", Judgement("helpful"))
    quality = annotations.critic_quality().critics["large"]
    assert (quality.mean, quality.judged, quality.helpful, quality.harmless) == (0.75, 2, 1, 1)


def test_models_count_only_where_no_person_judged_anything(annotations, say):
    say("one", "helpful", "Judge 7B", kind="model", model="Judge 7B")
    say("two", "harmless", "Judge 7B", kind="model", model="Judge 7B")
    by_models = annotations.critic_quality()
    assert (by_models.kind, by_models.critics["large"].mean) == ("model", 0.75)
    say("two", "harmful")
    by_people = annotations.critic_quality()
    assert (by_people.kind, by_people.critics["large"].mean, by_people.critics["large"].judged) == (
        "human",
        0.0,
        1,
    )


def test_drafts_skips_deleted_runs_and_other_steps_do_not_count(annotations, curation, say):
    say("kept", "helpful")
    say("deleted", "harmful")
    curation.delete(["deleted"])
    queue = annotations.create_queue("q", QueueFilters(runs=("kept",), expert="other"))
    item = annotations.next(queue.id, "bob")
    annotations.draft(item.id, "bob", Judgement("harmful"))
    annotations.annotate("kept", "reason/small/0", "ada", Judgement("harmful"))
    assert annotations.critic_quality().critics == {"large": Quality(1.0, 1, 1, 0, 0)}


def test_what_was_said_of_a_critique_that_is_written_anew_does_not_count(annotations, recorder, say, clock):
    say("kept", "helpful")
    say("anew", "harmful")
    say("decided anew", "harmful")
    queue = annotations.create_queue("q", QueueFilters(runs=("decided anew",), expert="large"))
    (item,) = annotations.items(queue.id)
    annotations.decide(item.id, "ada", Judgement("harmful"))
    clock.at += 60
    for run in ("anew", "decided anew"):
        events = asked(run, CRITIQUE, "critique", "large", "Something else.", target=ANSWER)
        record(recorder, *(replace(event, at=clock.at) for event in events))
    assert annotations.critic_quality().critics == {"large": Quality(1.0, 1, 1, 0, 0)}
    clock.at += 60
    annotations.decide(item.id, "ada", Judgement("harmless"))
    say("anew", "harmful")
    # 1 of what is kept, 0 of what is judged anew, 1/2 of what is decided anew.
    assert annotations.critic_quality().critics == {"large": Quality(0.5, 3, 1, 1, 1)}
