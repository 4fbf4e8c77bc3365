"""A batch that is stopped at the moment it is started."""

import pytest

from engine import events
from engine.batch import Batch, Plan
from engine.protocols import find_protocol
from engine.question import Question
from engine_stage import Stage
from scripted import echo
from small_pool import pool

QUESTIONS = tuple(Question(f"What is {n} and 1?", id=f"q{n}") for n in range(3))


@pytest.mark.timeout(60)
def test_a_batch_stopped_while_it_starts_its_runs_ends() -> None:
    stage = Stage(echo, pool("ann"), None)
    protocol = find_protocol("self-consistency")
    batch = Batch("batch", Plan(QUESTIONS, protocol, {"k": 1}, stage.engine.roster, "scripted", 1))

    def stopping(event: events.Event) -> None:
        # On the engine's thread: the stop comes before the run that is just announced has begun.
        if isinstance(event, events.RunStarted):
            batch.stop(stage.engine.stop)

    stage.sinks += [stopping, batch.record]
    list(batch.run(stage.engine, QUESTIONS))
    finished = stage.of(events.RunFinished)
    assert {one.run for one in finished} == {one.run for one in stage.of(events.RunStarted)}
    assert [one.outcome for one in finished] == ["stopped"] * len(QUESTIONS)
    stage.engine.close()
