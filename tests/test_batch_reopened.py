"""A done batch whose questions are asked anew."""

import io

from rich.console import Console

from engine import events
from engine.batch import Plan
from engine.protocols import find_protocol
from engine.question import Question
from engine_stage import Stage
from scripted import echo
from small_pool import pool
from ui.terminal import batching

QUESTIONS = (Question("What is 1 and 1?", id="q"),)


def test_a_done_batch_is_not_done_while_its_questions_are_asked_anew(batches, recorder):
    stage = Stage(echo, pool("ann"), None)
    stage.sinks.append(recorder.record)
    plan = Plan(QUESTIONS, find_protocol("self-consistency"), {"k": 1}, stage.engine.roster, "scripted", 1)
    told = []

    def look(event):
        if isinstance(event, events.RunStarted):
            recorder.flush()
            told.append(batches.page()[0].batch.status)

    with batching.begun(batches, plan, "questions.jsonl") as batch:
        batches.finish(batch.id)
        stage.sinks += [batch.record, look]
        batching.run(batch, list(QUESTIONS), stage.engine, batches, Console(file=io.StringIO()))
    stage.engine.close()
    assert len(told) == 1
    assert told[0] != "done"
    assert batches.page()[0].batch.finished_at is None
