"""A model judges a queue: what is kept, what is skipped, what the record and the pages know of it."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from annotating import criticised
from engine.engine import Engine
from engine.errors import CallFailed
from engine.roster import Roster
from scripted import Gate, ScriptedRuntime
from small_pool import pool
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement
from storage.record import recording
from storage_events import record as tell
from ui.accounts.person import Person, person
from ui.annotation.judge import GIVING_UP, IN_FLIGHT
from ui.annotation.judging import Judging
from ui.annotation.judging_routes import judging_routes
from ui.refusals import tell_refusals

RUNS = tuple(f"run-{number}" for number in range(6))
ANSWER = "Seven minus three is five 🎈."


def says(_expert, _messages, _sampling):
    spans = [
        {"quote": "Subtract", "label": "vague"},
        {"quote": "three is five 🎈", "label": "wrong"},
    ]
    return json.dumps({"comment": "So it is.", "verdict": "helpful", "followed": True, "spans": spans})


class Stage:
    """A record with critiques, an engine whose experts judge, and the routes."""

    def __init__(self, record, person_is="owner"):
        self.record = record
        self.runtime = ScriptedRuntime(says)
        self.engine = Engine(
            Roster(pool("ann", "bob")), self.runtime, ScriptedRuntime(), record.recorder.record, 1 << 30
        )
        self.engine.start()
        for run in RUNS:
            tell(record.recorder, *criticised(run, answer=ANSWER))
        self.queue = record.annotations.create_queue("q", QueueFilters()).id
        self.judging = Judging(self.engine, record)
        application = FastAPI()
        application.include_router(judging_routes(self.judging, record.annotations))
        application.dependency_overrides[person] = lambda: Person("ada", person_is)
        tell_refusals(application)
        self.client = TestClient(application)

    def post(self, path, body=None, queue=None):
        return self.client.post(f"/annotation/queues/{queue or self.queue}/{path}", json=body)

    def ended(self):
        """Wait for the judging's end; how far it is."""
        self.judging._judges[self.queue].wait()
        return self.client.get(f"/annotation/queues/{self.queue}/judging").json()


@pytest.fixture
def stage(tmp_path):
    with recording(tmp_path / "record.db", flush_seconds=0.01) as record:
        stage = Stage(record)
        yield stage
        for gate in stage.runtime.gates.values():
            gate.open()
        stage.judging.close()
        stage.engine.close()


def test_every_item_is_judged_once_and_the_judgements_are_kept_as_a_models(stage):
    assert stage.client.get(f"/annotation/queues/{stage.queue}/judging").json()["title"] is None
    started = stage.post("judge", {"expert": "bob"}).json()
    assert (started["title"], started["items"]) == ("Bob", 6)
    assert [one["name"] for one in started["experts"]] == ["ann", "bob"]
    told = stage.ended()
    assert (told["running"], told["done"], told["failed"], told["problem"]) == (False, 6, 0, None)
    kept = stage.record.annotations.of_queue(stage.queue)
    assert {one.run for one in kept} == set(RUNS)
    first = kept[0]
    assert (first.kind, first.model, first.annotator, first.status) == ("model", "bob", "Bob", "done")
    assert (first.verdict, first.followed, first.comment) == ("helpful", True, "So it is.")
    # "Seven minus " has 12 code points, the quote 15.
    assert [(s.call, s.start, s.end, s.label, s.quote) for s in first.spans] == [
        ("critique/1/large/on/small", 0, 8, "vague", "Subtract"),
        ("reason/small/0", 12, 27, "wrong", "three is five 🎈"),
    ]
    again = stage.post("judge", {"expert": "bob"})
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "Bob has judged every item of this queue already.",
    )
    assert stage.post("judge", {"expert": "ann"}).status_code == 200  # another model judges them all


def test_what_the_judge_was_told_can_be_opened_but_is_not_listed_with_the_other_runs(stage):
    stage.post("judge", {"expert": "bob"})
    runs = stage.ended()["runs"]
    stage.record.recorder.flush()
    page = stage.record.traces.page
    assert {run.id for run in page().runs} == set(RUNS)
    assert {run.id for run in page(protocol="critique-judge").runs} == set(runs)
    (call,) = stage.record.traces.calls(runs[0])
    assert ANSWER in call.messages[-1]["content"]
    settings = stage.record.traces.run(runs[0]).settings
    assert settings["run"] in RUNS
    assert settings["call"] == "critique/1/large/on/small"
    assert stage.record.traces.run(runs[0]).gold is None  # nobody is to judge by the right answer


def test_what_is_judged_already_is_skipped(stage):
    items = stage.record.annotations.items(stage.queue)
    stage.record.annotations.record_judged(items[2].id, "bob", Judgement("harmful"), annotator="Bob")
    assert stage.post("judge", {"expert": "bob"}).json()["items"] == 5
    stage.ended()
    assert {call[0] for call in stage.runtime.calls} == {"bob"}
    assert len(stage.runtime.calls) == 5
    (own,) = stage.record.annotations.of_item(items[2].id)
    assert own.verdict == "harmful"


def test_it_can_be_stopped_and_goes_on_where_it_was(stage):
    gate = stage.runtime.gates["bob"] = Gate()
    stage.post("judge", {"expert": "bob"})
    second = stage.post("judge", {"expert": "ann"})
    assert (second.status_code, "is judging this queue" in second.json()["detail"]) == (409, True)
    assert stage.post("judging/stop").json()["stopped"]
    told = stage.ended()
    assert (told["running"], told["done"], told["failed"]) == (False, 0, 0)
    assert stage.record.annotations.of_queue(stage.queue) == ()
    gate.open()
    assert stage.post("judge", {"expert": "bob"}).json()["items"] == 6
    assert stage.ended()["done"] == 6


def test_where_nothing_can_be_judged_it_gives_up_and_says_why(stage):
    stage.runtime.script = lambda *_: CallFailed("The server is down.")
    for run in range(20):
        tell(stage.record.recorder, *criticised(f"more-{run}"))
    stage.record.annotations.refresh(stage.queue)
    stage.post("judge", {"expert": "bob"})
    told = stage.ended()
    assert told["problem"] == "The server is down."
    assert GIVING_UP <= told["failed"] < GIVING_UP + IN_FLIGHT
    assert not told["running"]


def test_a_fault_of_ours_is_told_as_well(stage, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(stage.record.annotations, "record_judged", broken)
    stage.post("judge", {"expert": "bob"})
    told = stage.ended()
    assert (told["running"], told["done"]) == (False, 0)
    assert "broke off" in told["problem"]
    assert "no such thing" in told["problem"]


def test_refusals(stage):
    assert stage.post("judge", {"expert": "nobody"}).status_code == 409
    assert stage.post("judge", {"expert": "bob"}, queue="nowhere").status_code == 404
    answers = stage.record.annotations.create_queue("answers", QueueFilters(step="reason")).id
    refused = stage.post("judge", {"expert": "bob"}, queue=answers)
    assert (refused.status_code, "Models judge critiques only" in refused.text) == (409, True)
    assert stage.client.get("/annotation/queues/nowhere/judging").status_code == 404
    stage.client.app.dependency_overrides[person] = lambda: Person("eve", "annotator")
    assert stage.post("judge", {"expert": "bob"}).status_code == 403
    assert stage.client.get(f"/annotation/queues/{stage.queue}/judging").status_code == 403
