"""A batch's results on the command line."""

import io
import json

from rich.console import Console

from batched_runs import begun, pose
from storage_events import record, run_finished
from ui.terminal.batch_table import as_json, print_results

USAGE = {"seconds": 20.0, "loading": 5.0, "generating": 12.0, "idle": 3.0, "loads": {"small": 2}}


def printed(results):
    out = io.StringIO()
    print_results(Console(width=120, file=out), results)
    return out.getvalue()


def test_the_table_has_accuracy_cost_time_and_loads(batches, recorder):
    batch = begun(batches, title="[red]fruit[/red].jsonl")
    pose(recorder, batch, "q1", by=[("small", True)])
    pose(recorder, batch, "q2", right=False, category="[bold]roots", by=[("small", False)])
    pose(recorder, batch, "q3", right=None)
    batches.add_usage(batch.id, USAGE)
    lines = [" ".join(line.split()) for line in printed(batches.results(batch.id)).splitlines()]
    assert lines[0] == "[red]fruit[/red].jsonl: disputation with pool pocket on openvino, seed 7"
    assert "questions 3 of 10 done; 1 failed, counted as wrong" in lines
    assert "accuracy 33.3% (1 of 3; 95% interval 6.1% to 79.2%)" in lines
    assert "calls a question 1.7" in lines
    assert "tokens a question 33" in lines
    assert "seconds a question -" in lines
    assert "time 20 s: generating 60%, loading 25%, idle 15%" in lines
    assert "Small 50.0% (1 of 2; 95% interval 9.5% to 90.5%) 2" in lines
    assert any(line.startswith("[bold]roots 0.0% (0 of 1;") for line in lines)


def test_only_judged_questions_are_counted_as_wrong(batches, recorder):
    batch = begun(batches, questions=4)
    pose(recorder, batch, "q1", right=None)
    for question, gold in (("q2", "B"), ("q3", None), ("q4", None)):
        run = pose(recorder, batch, question, right=None, of={"gold": gold})
        if question != "q4":
            record(recorder, run_finished(run, None, correct=None if gold is None else False))
    batches.add_usage(batch.id, USAGE)
    batches.finish(batch.id)
    lines = [" ".join(line.split()) for line in printed(batches.results(batch.id)).splitlines()]
    assert "questions 4 of 4 done; 1 failed and 1 without an answer, counted as wrong" in lines
    assert "seconds a question 5.0" in lines


def test_a_batch_without_a_done_question_prints_dashes(batches):
    lines = [" ".join(line.split()) for line in printed(batches.results(begun(batches).id)).splitlines()]
    assert "questions 0 of 10 done" in lines
    assert "accuracy -" in lines
    assert "time -" in lines


def test_machines_get_plain_data(batches, recorder):
    batch = begun(batches)
    pose(recorder, batch, "q1")
    told = json.loads(json.dumps(as_json(batches.results(batch.id))))
    assert told["batch"]["id"] == batch.id
    assert told["figures"]["accuracy"]["right"] == 1
    assert "peers" not in told
