"""Batches in the record: begun, gone on with, and what they used."""

import subprocess
import sys

import pytest

from batched_runs import SETTINGS, begun, pose
from engine.events import ExpertsRecruited
from storage.batches import Batches
from storage.errors import BatchTaken, UnknownBatch
from storage_events import call_delta, call_finished, call_queued, record, run_finished, run_started


def test_a_batch_is_begun_once_for_its_key(database, batches):
    first = begun(batches)
    assert (first.title, first.protocol, first.settings, first.seed) == (
        "fruit.jsonl",
        "disputation",
        SETTINGS,
        7,
    )
    assert (first.questions, first.finished_at) == (10, None)
    assert (
        Batches(database).begin(
            "first", title="x", protocol="x", settings={}, pool="x", runtime="x", seed=0, questions=1
        )
        == first
    )
    second = begun(batches, "second")
    assert second.id != first.id
    assert [summary.batch.id for summary in batches.page()] == [second.id, first.id]


def test_a_batch_that_is_not_there_is_said_so(batches):
    for asked in (batches.runs, batches.results, batches.finish):
        with pytest.raises(UnknownBatch, match="no batch 'x'"):
            asked("x")
    with pytest.raises(UnknownBatch):
        batches.against(begun(batches).id, "x")
    with pytest.raises(UnknownBatch):
        batches.add_usage("x", {"seconds": 1.0, "loading": 0.0, "generating": 1.0, "idle": 0.0, "loads": {}})


def test_a_batch_knows_its_runs_by_question(batches, recorder, curation):
    batch, other = begun(batches), begun(batches, "other")
    pose(recorder, batch, "q1")
    pose(recorder, batch, "q2", right=None)
    pose(recorder, other, "q3")
    record(recorder, run_started("alone", of={"id": "q4"}))
    assert batches.runs(batch.id) == {"q1": ("first-q1", "done"), "q2": ("first-q2", "failed")}
    again = pose(recorder, batch, "q2", run="again")
    assert batches.runs(batch.id)["q2"] == (again, "done")
    curation.delete(["first-q1"])
    assert list(batches.runs(batch.id)) == ["q2"]


def test_a_run_of_a_killed_batch_is_interrupted_and_keeps_its_answers(database, batches, recorder):
    batch = begun(batches)
    record(recorder, run_started("r", batch=batch.id, of={"id": "q1"}))
    record(recorder, call_queued("r", "a"), call_finished("r", "a", "Old."), call_queued("r", "a"))
    record(recorder, call_delta("r", "a", "Ne"), call_finished("r", "a", "New.", tokens=3))
    record(recorder, call_queued("r", "b"), call_delta("r", "b", "Half"))
    assert batches.runs(batch.id)["q1"].status == "running"
    assert batches.page()[0].batch.status == "running"
    later = Batches(database, now=lambda: 1e12)
    assert later.runs(batch.id)["q1"].status == "interrupted"
    assert later.page()[0].batch.status == "interrupted"
    answered = batches.answered("r")
    assert {name: (event.text, event.tokens, event.values) for name, (_, event) in answered.items()} == {
        "a": ("New.", 3, None)
    }
    assert batches.answered("never") == {}


def test_an_attempt_that_failed_leaves_no_answers_and_no_calls_behind(batches, recorder, traces):
    batch = begun(batches)
    posed = run_started("r", batch=batch.id, of={"id": "q1"})
    record(recorder, posed, call_queued("r", "critique/0"), call_finished("r", "critique/0", "Hm.", tokens=7))
    failed = run_finished(
        "r", None, outcome="failed", correct=None, text=None, error="Nobody could criticise."
    )
    record(
        recorder,
        failed,
        posed,
        call_queued("r", "reason/a/0"),
        call_finished("r", "reason/a/0", "B", tokens=10),
    )
    assert list(batches.answered("r")) == ["reason/a/0"]
    record(recorder, run_finished("r", "B", correct=True))
    (summary,) = batches.page()
    assert summary.figures.calls == 1
    assert traces.run("r").tokens == 10
    assert [call.name for call in traces.calls("r")] == ["reason/a/0"]


def test_draws_count_however_the_run_ended(batches, recorder):
    def drew(run, *experts):
        drawn = {"candidates": [], "drawn": ["large"], "replacement": True, "first_drawn": list(experts)}
        return ExpertsRecruited(run=run, at=1001.0, **drawn)

    batch = begun(batches)
    for run, question in (("r1", "q1"), ("r2", "q2"), ("r3", "q3"), ("r4", "q4")):
        record(recorder, run_started(run, batch=batch.id, of={"id": question}))
    record(recorder, drew("r1", "small", "large"), run_finished("r1"))
    failed = {"outcome": "failed", "correct": None, "text": None, "error": "It broke."}
    record(recorder, drew("r2", "small", "small"), run_finished("r2", None, **failed))
    # Taken up again, it draws again.
    record(recorder, drew("r3", "large", "large"), drew("r3", "large", "small"))
    assert batches.drawn(batch.id) == {
        "q1": ["small", "large"],
        "q2": ["small", "small"],
        "q3": ["large", "small"],
    }


def test_a_batch_is_held_by_one_process_until_that_ends(batches, database):
    batch, other = begun(batches), begun(batches, "other")
    holding = (
        "import sys; from pathlib import Path; from storage.batches import Batches; "
        "from storage.database import Database\n"
        "with Batches(Database(Path(sys.argv[1]))).held(sys.argv[2]): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding, str(database.path), batch.id]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BatchTaken, match=f"Batch {batch.id} is being run by another process"):
            batches.held(batch.id).__enter__()
        with batches.held(other.id):
            pass
        holder.kill()
    with batches.held(batch.id), pytest.raises(BatchTaken):
        batches.held(batch.id).__enter__()
    assert not list(database.path.parent.glob("*.batch-*"))


def test_a_run_that_goes_on_stays_in_its_batch(batches, recorder, traces):
    batch = begun(batches)
    for _ in range(2):
        record(recorder, run_started("r", batch=batch.id, of={"id": "q1", "draft": "A text."}))
    assert (traces.run("r").batch, traces.run("r").draft) == (batch.id, "A text.")
    assert [run.batch for run in traces.page().runs] == [batch.id]
    record(recorder, run_started("stray", batch="gone"), run_finished("stray"))
    assert traces.run("stray").batch is None


def test_usage_adds_up_over_sittings(batches):
    batch = begun(batches)
    batches.add_usage(
        batch.id, {"seconds": 10.0, "loading": 3.0, "generating": 6.0, "idle": 1.0, "loads": {"small": 1}}
    )
    batches.add_usage(
        batch.id,
        {"seconds": 5.0, "loading": 2.0, "generating": 2.5, "idle": 0.5, "loads": {"small": 2, "large": 1}},
    )
    usage = batches.results(batch.id).batch.usage
    loads = {"small": 3, "large": 1}
    assert usage == {"seconds": 15.0, "loading": 5.0, "generating": 8.5, "idle": 1.5, "loads": loads}


def test_a_batch_ends_once(database):
    first, later = Batches(database, now=lambda: 100.0), Batches(database, now=lambda: 200.0)
    batch = begun(first)
    first.finish(batch.id)
    later.finish(batch.id)
    (summary,) = later.page()
    assert (summary.batch.finished_at, summary.batch.status) == (100.0, "done")


def test_a_batch_whose_failed_questions_are_asked_anew_is_not_done(batches, recorder, database):
    batch = begun(batches, questions=1)
    run = pose(recorder, batch, "q1", right=None)
    batches.finish(batch.id)
    batches.reopen(batch.id)
    record(recorder, run_started(run, batch=batch.id, of={"id": "q1"}))
    (summary,) = batches.page()
    assert (summary.batch.finished_at, summary.batch.status, summary.figures.done) == (None, "running", 0)
    record(recorder, run_finished(run))
    Batches(database, now=lambda: 300.0).finish(batch.id)
    assert batches.results(batch.id).batch.finished_at == 300.0
