"""Runs with critiques, for the tests of annotations."""

from engine.events import AnswerExtracted, CallQueued, CritiqueJudged
from storage_events import call_finished, run_started

CRITIQUE = "critique/1/large/on/small"
ANSWER = "reason/small/0"
REFINED = "refine/1/small/0"


def asked(run, call, step, expert, text, *, target=None, said="Say."):
    """The events of a call that is done; `said` is what it was asked."""
    messages = [{"role": "user", "content": said}]
    queued = CallQueued(
        run=run,
        at=1002.0,
        call=call,
        expert=expert,
        step=step,
        messages=messages,
        sampling={"max_tokens": 64},
        target=target,
    )
    return [queued, call_finished(run, call, text)]


def answered(run, call, answer, *, correct):
    """What the engine read out of a call."""
    return AnswerExtracted(run=run, at=1005.0, call=call, expert="small", answer=answer, correct=correct)


def criticised(
    run,
    *,
    answer="Seven minus three is five.",
    critique="Subtract again.",
    right=False,
    verdict="wrong",
    critics=("large",),
    **started,
):
    """The events of a run in which `small` answers, `critics` criticise that, and `small` refines it to be right."""
    events = [run_started(run, **started), *asked(run, ANSWER, "reason", "small", answer)]
    events.append(answered(run, ANSWER, "A", correct=right))
    for critic in critics:
        call = f"critique/1/{critic}/on/small"
        events += asked(run, call, "critique", critic, critique, target=ANSWER)
        events.append(CritiqueJudged(run=run, at=1005.5, call=call, verdict=verdict))
    told = f"A reviewer says: {critique}"
    events += asked(run, REFINED, "refine", "small", "It is four.", target=ANSWER, said=told)
    return [*events, answered(run, REFINED, "B", correct=True)]
