"""A run of each system within a batch, interrupted in the middle: what was answered is not asked again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from engine import events
from engine.calling import Answered
from engine.errors import UserError
from engine.pool import Expert
from engine.protocols import find_protocol
from engine.question import Question
from engine.run import Batched
from engine.runtimes.base import Message, Sampling
from engine_stage import QUESTION, Stage
from faithful_run import CHECKED, checkers
from scripted import Script
from small_pool import pool
from storage.batches import Batches
from storage.recorder import Recorder
from test_disputation import DIFFERENT, Company
from test_magicore import disagreeing, known


def once_unreadable() -> Script:
    """The checkers, each of whose votes cannot be read the first time."""
    tried: set[tuple[str, str]] = set()

    def script(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        key = (expert.name, messages[-1].content)
        if "Is the sentence consistent" in key[1] and key not in tried:
            tried.add(key)
            return "Hm."
        return checkers(expert, messages, sampling)

    return script


@pytest.mark.parametrize(
    ("protocol", "question", "script", "experts", "kinds"),
    [
        ("disputation", QUESTION, Company(DIFFERENT).script, DIFFERENT, ("critique/", "rerank/", "refine/")),
        ("magicore", QUESTION, disagreeing, ("ann",), ("reward/", "review/", "refine/")),
        ("mamm-refine", CHECKED, once_unreadable(), DIFFERENT, ("detect/", "rerank/", "refine/")),
    ],
)
def test_what_was_answered_before_is_not_asked_again(
    protocol: str,
    question: Question,
    script: Script,
    experts: Iterable[str],
    kinds: tuple[str, ...],
    batches: Batches,
    recorder: Recorder,
) -> None:
    asked = replace(question, id="q")
    batch = batches.begin(
        "key",
        title="t",
        protocol=protocol,
        settings={},
        pool="tests",
        runtime="scripted",
        seed=1,
        questions=1,
    )

    def answer(recorded: dict[str, Answered]) -> Stage:
        stage = Stage(script, pool(*experts), known(ann=(1.5, 1.9)))
        batched = Batched("the-run", batch.id, None, recorded)
        stage.engine.wait(stage.engine.ask(asked, find_protocol(protocol), {}, 7, batched=batched))
        stage.engine.close()
        return stage

    whole = answer({})
    names = [event.call for event in whole.of(events.CallFinished)]
    assert all(any(name.startswith(kind) for name in names) for kind in kinds)
    ends = [place for place, event in enumerate(whole.seen) if isinstance(event, events.CallFinished)]
    for event in whole.seen[: ends[len(ends) * 3 // 4]]:  # killed when three quarters were answered
        recorder.record(event)
    recorder.flush()
    answered = batches.answered("the-run")
    assert set(answered) == set(names[: len(ends) * 3 // 4])

    resumed = answer({name: Answered(*call) for name, call in answered.items()})
    assert set(resumed.called) == set(names) - set(answered)
    assert (resumed.finished.text, resumed.finished.answer) == (whole.finished.text, whole.finished.answer)
