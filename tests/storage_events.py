"""Events for the tests of the record."""

import time
from collections.abc import Callable

from engine.events import (
    AnswerExtracted,
    CallDelta,
    CallFailed,
    CallFinished,
    CallQueued,
    CallStarted,
    CritiqueJudged,
    Event,
    ExpertLoading,
    ExpertsRecruited,
    Noticed,
    RunFinished,
    RunStarted,
    SkillsFound,
    StepStarted,
)


def run_started(run, question="How many apples are left?", *, at=1000.0, gold="B", of=None, **changes):
    """The start of a run; `of` changes what is known of the question."""
    fields = {
        "question": {
            "text": question,
            "choices": ["three", "four"],
            "document": "A document.",
            "kind": "choice",
            "gold": gold,
            "id": "q7",
            "source": "apples.jsonl",
            "category": "fruit",
            **(of or {}),
        },
        "protocol": "disputation",
        "settings": {"k": 2, "skip_critique": False},
        "pool": "pocket",
        "runtime": "openvino",
        "seed": 11,
        "steps": ["recruit", "reason", "answer"],
        "experts": [{"name": "small", "title": "Small", "model": "org/small", "parameters": 135_000_000}],
    }
    return RunStarted(run=run, at=at, **(fields | changes))


def recruited(run, *experts, at=1001.0):
    return ExpertsRecruited(run=run, at=at, candidates=[], drawn=list(experts), replacement=True)


def call_queued(run, call, expert="small", *, at=1002.0, target=None):
    messages = [{"role": "user", "content": "Reason step by step."}]
    sampling = {"max_tokens": 64, "temperature": 0.7, "seed": 3}
    return CallQueued(
        run=run,
        at=at,
        call=call,
        expert=expert,
        step="reason",
        messages=messages,
        sampling=sampling,
        target=target,
    )


def call_delta(run, call, text, *, at=1003.0, tokens=1):
    return CallDelta(run=run, at=at, call=call, text=text, tokens=tokens)


def call_finished(run, call, text, *, at=1004.0, tokens=5):
    return CallFinished(
        run=run,
        at=at,
        call=call,
        text=text,
        prompt_tokens=40,
        tokens=tokens,
        seconds_queued=0.5,
        seconds_to_first_token=0.25,
        seconds=2.0,
        finish_reason="stop",
    )


def call_failed(run, call, message="The server is down.", *, at=1004.0, cancelled=False):
    return CallFailed(run=run, at=at, call=call, message=message, seconds=1.5, cancelled=cancelled)


def run_finished(run, answer="B", *, at=1010.0, outcome="done", **changes):
    fields = {"text": "Four are left.", "correct": True, "agreement": {"small": True}, "seconds": 9.5}
    return RunFinished(run=run, at=at, outcome=outcome, answer=answer, **(fields | changes))


def one_of_each(run) -> list[Event]:
    """A whole run in which every kind of event happens, each delta on its own."""
    skill = {"keyword": "subtraction", "count": 3, "profile_skill": "arithmetic", "similarity": 0.91}
    return [
        run_started(run),
        StepStarted(run=run, at=1000.5, step="recruit", ordinal=0),
        SkillsFound(run=run, at=1000.7, skills=[skill], samples=5),
        recruited(run, "small", "large", "small"),
        call_queued(run, "reason/small/0"),
        ExpertLoading(run=run, at=1002.1, expert="small", share=0.4, message="reading weights"),
        CallStarted(run=run, at=1002.5, call="reason/small/0"),
        call_delta(run, "reason/small/0", "Seven minus "),
        Noticed(run=run, at=1003.5, message="The critique was left out."),
        call_finished(run, "reason/small/0", "Seven minus three is four."),
        AnswerExtracted(run=run, at=1005.0, call="reason/small/0", expert="small", answer="B", correct=True),
        call_queued(run, "critique/large/on/small", "large", target="reason/small/0"),
        call_failed(run, "critique/large/on/small"),
        call_queued(run, "critique/small/on/large", "small", target="reason/large/0"),
        call_finished(run, "critique/small/on/large", "It adds.\nVerdict: wrong"),
        CritiqueJudged(run=run, at=1005.5, call="critique/small/on/large", verdict="wrong"),
        run_finished(run),
    ]


def eventually(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until it holds; fails loudly where it does not for very long."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError("what should happen did not")
        time.sleep(0.02)


def record(recorder, *events):
    """Record events and wait until they are written."""
    for event in events:
        recorder.record(event)
    recorder.flush()
