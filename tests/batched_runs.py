"""Batches with runs in them, for the tests of what is told of batches."""

from engine.events import AnswerExtracted
from storage_events import (
    call_failed,
    call_finished,
    call_queued,
    record,
    recruited,
    run_finished,
    run_started,
)

SETTINGS = {"k": 3, "rounds": 1}


def begun(batches, key="first", *, questions=10, **changes):
    """A batch of ten questions, begun."""
    fields = {
        "title": "fruit.jsonl",
        "protocol": "disputation",
        "settings": SETTINGS,
        "pool": "pocket",
        "runtime": "openvino",
        "seed": 7,
    }
    return batches.begin(key, questions=questions, **(fields | changes))


def pose(recorder, batch, question, *, right=True, category="fruit", run=None, by=(), of=None, **changes):
    """Record a whole run of a batch's question; `right` is None where it failed, `of` changes the question.

    `by` says which experts answered on their own and whether rightly, None where no answer could be read. Each run has
    one more call, which failed.
    """
    run = run or f"{batch.key}-{question}"
    of = {"id": question, "category": category, **(of or {})}
    events = [
        run_started(run, f"Question {question}", batch=batch.id, of=of, protocol=batch.protocol, **changes)
    ]
    for expert, correct in by:
        call = f"reason/{expert}/0"
        events += [call_queued(run, call, expert), call_finished(run, call, "So it is B.", tokens=10)]
        told = {"answer": {True: "B", False: "A", None: None}[correct], "correct": bool(correct)}
        events.append(AnswerExtracted(run=run, at=1005.0, call=call, expert=expert, **told))
    events += [recruited(run, *(expert for expert, _ in by))]
    events += [call_queued(run, "answer/aggregator"), call_failed(run, "answer/aggregator")]
    if right is None:
        events.append(run_finished(run, None, outcome="failed", correct=None, text=None, error="It broke."))
    else:
        events.append(run_finished(run, "B" if right else "A", correct=right))
    record(recorder, *events)
    return run
