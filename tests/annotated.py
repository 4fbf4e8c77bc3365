"""Annotations for the tests of what is made of them."""

from storage.annotations.records import Annotation, Span


def span(start, end, label="wrong", *, call="critique/a/on/b", comment=""):
    return Span(call, start, end, label, comment, "x" * (end - start), "0" * 64)


def annotation(annotator, call, verdict=None, *spans, item=None, at=1000.0, **changes):
    """A finished annotation of a person; `changes` are further fields."""
    fields = {
        "id": 1,
        "queue": "q",
        "item": item,
        "run": "r1",
        "call": call,
        "critic": "small",
        "target": "reason/large/0",
        "annotator": annotator,
        "kind": "human",
        "model": None,
        "status": "done",
        "verdict": verdict,
        "followed": None,
        "comment": "",
        "spans": spans,
        "created_at": at,
        "updated_at": at,
        "revision": 0,
        "stale": False,
    }
    return Annotation(**(fields | changes))
