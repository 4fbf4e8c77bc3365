"""What annotations are about: spans in code points, texts that changed, and what an item shows."""

from hashlib import sha256

import pytest

from annotating import ANSWER, CRITIQUE, REFINED, asked, criticised
from engine.errors import UserError
from engine.events import CandidateChosen
from storage.annotations.context import masked
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement, NewSpan
from storage.errors import UnknownCall, UnknownRun
from storage_events import record

# An emoji of five code points, a formula, and an e with a combining acute accent.
TEXT = "So 👩‍🚀👍 says $x^2 = 4$, cafe\u0301!"


def marked(*span, label="wrong", **said):
    return Judgement(spans=(NewSpan(*span, label),), **said)


def only_item(annotations, **settings):
    queue = annotations.create_queue("q", QueueFilters(), **settings)
    return annotations.items(queue.id)[0].id


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (3, 6, "👩‍🚀"),
        (6, 7, "👍"),
        (13, 22, "$x^2 = 4$"),
        (24, 29, "cafe\u0301"),
        (28, 29, "\u0301"),
        (0, 30, TEXT),
    ],
)
def test_spans_are_in_code_points_of_the_recorded_text(annotations, recorder, start, end, quote):
    record(recorder, *criticised("a", critique=TEXT))
    item = only_item(annotations)
    (span,) = annotations.finish(item, "ann", marked(CRITIQUE, start, end)).spans
    assert (span.quote, span.start, span.end) == (quote, start, end)
    assert span.text_hash == sha256(TEXT.encode("utf-8")).hexdigest()
    assert annotations.own(item, "ann").spans == (span,)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 31), (30, 31)])
def test_spans_outside_the_text_are_refused_with_a_sentence(annotations, recorder, start, end):
    record(recorder, *criticised("a", critique=TEXT))
    item = only_item(annotations)
    for refused in (annotations.draft, annotations.finish):
        with pytest.raises(UserError, match="has 30: mark it anew"):
            refused(item, "ann", marked("critique", start, end))
    assert annotations.own(item, "ann") is None


def test_spans_are_in_the_critique_its_target_or_the_refinement_and_may_overlap(annotations, recorder):
    record(recorder, *criticised("a"), *criticised("b"))
    item = only_item(annotations, per_item=2)
    judgement = Judgement(
        spans=(
            NewSpan("refined", 0, 5, "correct"),
            NewSpan(ANSWER, 0, 5, "wrong"),
            NewSpan("target", 2, 9, "vague", "How so?"),
            NewSpan("critique", 0, 8, "correct"),
        )
    )
    spans = annotations.finish(item, "ann", judgement).spans
    assert [span.call for span in spans] == [REFINED, ANSWER, ANSWER, CRITIQUE]
    assert [span.quote for span in spans] == ["It is", "Seven", "ven min", "Subtract"]
    assert spans[2].comment == "How so?"
    for elsewhere in ("refine/2/small/0", "nowhere"):
        with pytest.raises(UserError, match="can be marked here"):
            annotations.draft(item, "bea", marked(elsewhere, 0, 1))
    with pytest.raises(UserError, match="no label 'odd' here: choose one of"):
        annotations.draft(item, "bea", marked("critique", 0, 1, label="odd"))
    with pytest.raises(UserError, match="verdict is one of"):
        annotations.draft(item, "bea", Judgement("great"))


@pytest.mark.parametrize(
    ("call", "asked_anew", "stale"),
    [
        (CRITIQUE, ("critique", "large", ANSWER), [True, True]),  # a verdict without spans is about it too
        (ANSWER, ("reason", "small", None), [True, False]),
    ],
)
def test_a_text_that_is_asked_anew_makes_annotations_stale_not_lost(
    annotations, recorder, call, asked_anew, stale
):
    events = criticised("a")
    record(recorder, *events)
    item = only_item(annotations, per_item=2)
    annotations.finish(item, "ann", marked(call, 0, 5))
    annotations.finish(item, "bea", Judgement("helpful"))
    assert [one.stale for one in annotations.of_item(item)] == [False, False]
    step, expert, target = asked_anew
    record(recorder, *asked("a", call, step, expert, "Something else.", target=target))
    found = annotations.of_item(item)
    assert [one.stale for one in found] == stale
    assert found[0].spans[0].quote in ("Subtr", "Seven")
    record(recorder, *(event for event in events if getattr(event, "call", None) == call))
    assert [one.stale for one in annotations.of_item(item)] == [False, False]


def test_marks_of_a_text_that_was_written_anew_are_not_put_into_the_new_one(annotations, recorder):
    record(recorder, *criticised("a"))
    item = only_item(annotations)
    (span,) = annotations.draft(item, "ann", marked("critique", 0, 8)).spans
    record(recorder, *asked("a", CRITIQUE, "critique", "large", "Something else.", target=ANSWER))
    late = Judgement(spans=(NewSpan("critique", 0, 8, "wrong", text_hash=span.text_hash),))
    for refused in (annotations.draft, annotations.finish):
        with pytest.raises(UserError, match="written anew since"):
            refused(item, "ann", late)
    assert annotations.own(item, "ann").spans == (span,)
    now = annotations.context(item).critique.text_hash
    said = Judgement(spans=(NewSpan("critique", 0, 9, "wrong", text_hash=now),))
    assert annotations.finish(item, "ann", said).spans[0].quote == "Something"


def test_an_item_shows_all_it_takes_to_judge_it(annotations, recorder):
    record(recorder, *criticised("a", of={"document": "Of apples."}))
    context = annotations.context(only_item(annotations))
    assert (context.run, context.question) == ("a", "How many apples are left?")
    assert (context.choices, context.document, context.gold) == (("three", "four"), "Of apples.", "B")
    critique, target, refined = context.critique, context.target, context.refined
    assert (critique.call, critique.expert, critique.text) == (CRITIQUE, "large", "Subtract again.")
    assert (target.call, target.title, target.place) == (ANSWER, "Small", 0)
    assert (target.answer, target.correct) == ("A", False)
    assert (refined.call, refined.text, refined.answer, refined.correct) == (
        REFINED,
        "It is four.",
        "B",
        True,
    )
    assert (context.verdict, context.shown, context.anonymous) == ("wrong", True, False)
    assert annotations.context_of("a", CRITIQUE).critique == critique


def test_the_refinement_is_that_of_the_same_round_and_the_one_that_was_chosen(annotations, recorder):
    first = "refine/1/small"
    events = criticised("a")[:-3]  # without its refinement
    for place in range(2):
        events += asked("a", f"{first}/{place}", "refine", "small", f"Stand {place}", target=ANSWER)
    events += asked("a", f"rerank/{first}/1/large", "refine", "large", "2", target=ANSWER)
    both = [f"{first}/0", f"{first}/1"]
    events.append(
        CandidateChosen(
            run="a", at=1006.0, subject=first, candidates=both, chosen=both[1], rounds=1, agreed=True
        )
    )
    again = "critique/2/large/on/small"
    events += asked("a", again, "critique", "large", "Still wrong.", target=ANSWER)
    told = "Others say: Still wrong."
    events += asked("a", "refine/2/small/0", "refine", "small", "Now four.", target=ANSWER, said=told)
    record(recorder, *events)
    context = annotations.context_of("a", CRITIQUE)
    assert (context.refined.call, context.shown) == (f"{first}/1", False)
    context = annotations.context_of("a", again)
    assert (context.refined.call, context.shown) == ("refine/2/small/0", True)


def test_calls_of_other_steps_show_themselves_and_what_they_are_about(annotations, recorder):
    record(recorder, *criticised("a"))
    reasoning = annotations.context_of("a", ANSWER)
    assert (reasoning.critique.call, reasoning.target, reasoning.refined) == (ANSWER, None, None)
    refined = annotations.context_of("a", REFINED)
    assert (refined.critique.call, refined.target.call, refined.refined) == (REFINED, ANSWER, None)


def test_a_draft_that_came_with_the_question_is_what_its_critique_is_about(annotations, recorder):
    record(recorder, *criticised("a", critics=(), of={"draft": "It has nine moons."}))
    record(recorder, *asked("a", "critique/0/0", "critique", "large", "It has two."))
    item = only_item(annotations, anonymous=True)
    context = annotations.context_of("a", "critique/0/0")
    assert (context.target.call, context.target.text) == ("draft", "It has nine moons.")
    assert context.refined is None
    kept = annotations.finish(item, "ann", marked("target", 7, 11))
    assert [(span.call, span.quote) for span in kept.spans] == [("draft", "nine")]
    assert not kept.stale
    assert [span.call for span in masked(kept, annotations.context(item)).spans] == ["target"]


def test_where_experts_are_not_to_be_known_nothing_names_them(annotations, recorder):
    record(recorder, *criticised("a"))
    item = only_item(annotations, anonymous=True)
    context = annotations.context(item)
    assert (context.critique.title, context.critique.place) == ("Expert 1", 0)
    assert (context.target.title, context.refined.title) == ("Expert 2", "Expert 2")
    judgement = Judgement(spans=(NewSpan("target", 0, 5, "wrong"), NewSpan("refined", 0, 2, "correct")))
    kept = annotations.finish(item, "ann", judgement)
    assert [span.call for span in kept.spans] == [ANSWER, REFINED]
    shown = masked(kept, context)
    assert [span.call for span in shown.spans] == ["target", "refined"]
    told = repr(context) + repr(shown)
    for name in ("large", "small", "Small"):
        assert name not in told
    assert masked(kept, annotations.context_of("a", CRITIQUE)) == kept


def test_what_is_said_outside_a_queue_replaces_what_the_same_person_said(annotations, recorder, traces):
    record(recorder, *criticised("a"))
    annotations.annotate("a", CRITIQUE, "ann", marked("critique", 0, 3, label="my own"))
    kept = annotations.annotate("a", CRITIQUE, "ann", Judgement("harmful"), at=7.0)
    annotations.annotate("a", CRITIQUE, "ann", Judgement("helpful"), kind="model", model="Judge")
    assert (kept.queue, kept.item, kept.critic, kept.target) == (None, None, "large", ANSWER)
    assert (kept.updated_at, kept.verdict, kept.spans) == (7.0, "harmful", ())
    assert [one.kind for one in annotations.of_run("a", seen_by="bea")] == ["human", "model"]
    assert traces.page().runs[0].annotations == traces.run("a").annotations == 2
    with pytest.raises(UnknownRun):
        annotations.annotate("b", CRITIQUE, "ann", Judgement("harmful"))
    with pytest.raises(UnknownCall, match="critique/9"):
        annotations.annotate("a", "critique/9", "ann", Judgement("harmful"))


def test_decisions_replace_one_another_and_stay_beside_the_annotations(annotations, recorder, clock):
    record(recorder, *criticised("a"))
    item = only_item(annotations)
    annotations.finish(item, "ann", Judgement("helpful"))
    annotations.decide(item, "owner", marked("critique", 0, 8, comment="see there"))
    clock.at += 1
    decision = annotations.decide(item, "second", Judgement("harmful", followed=True))
    assert annotations.decision(item) == decision
    assert (decision.by, decision.verdict, decision.followed, decision.spans) == (
        "second",
        "harmful",
        True,
        (),
    )
    assert decision.at == clock.at
    queue = annotations.item(item).queue
    assert annotations.decisions(queue) == (decision,)
    assert [one.verdict for one in annotations.of_queue(queue)] == ["helpful"]
    with pytest.raises(UserError, match="Nothing is said"):
        annotations.decide(item, "owner", Judgement())
