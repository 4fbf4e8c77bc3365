"""The record over HTTP: what the pages read, what a person changes, and what is refused."""

import json

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from storage.curation import Curation
from storage_events import call_delta, call_queued, one_of_each, record, run_finished, run_started
from ui.accounts.person import ALONE, person
from ui.curation import curation_routes
from ui.record import record_routes
from ui.refusals import tell_refusals

FIRST, OTHER = "reason/small/0", "critique/small/on/large"


@pytest.fixture
def client(database, recorder, traces):
    application = FastAPI()
    application.dependency_overrides[person] = lambda: ALONE
    tell_refusals(application)
    application.include_router(record_routes(recorder, traces))
    application.include_router(curation_routes(Curation(database)))
    return TestClient(application)


def listed(client, **asked):
    answer = client.get("/record/runs", params=asked)
    assert answer.status_code == 200, answer.text
    return [run["id"] for run in answer.json()["runs"]]


def sentence(answer, status):
    assert answer.status_code == status
    detail = answer.json()["detail"]
    assert isinstance(detail, str)
    assert detail.endswith(".")
    return detail


def test_a_summary_has_all_that_a_list_shows(client, recorder):
    record(recorder, *one_of_each("r"))
    client.post("/record/runs/r/curation", json={"tags": ["homework"], "note": "Look again."})
    (run,) = client.get("/record/runs").json()["runs"]
    assert run["experts"] == [
        {"name": "small", "title": "Small", "place": 0},
        {"name": "large", "title": "large", "place": -1},
    ]
    assert (run["tags"], run["note"], run["gold_known"]) == (["homework"], "Look again.", True)
    assert (run["id"], run["status"], run["correct"], run["tokens"]) == ("r", "done", True, 10)


def test_every_filter_is_taken_alone_and_with_a_search(client, recorder):
    record(recorder, *one_of_each("a"), run_started("b", "Of pears", at=5000.0, pool="paper", gold=None))
    client.post("/record/runs/a/curation", json={"tags": ["homework"], "note": "Look again."})
    only_a = [
        {"protocol": "disputation", "pool": "pocket"}, {"status": "done"}, {"expert": "large"}, {"until": 4000},
        {"correct": "right"}, {"tag": "homework"}, {"noted": 1}, {"text": "again homework"},
    ]  # fmt: skip
    only_b = [{"pool": "paper"}, {"since": 4000.5}, {"correct": "unknown"}, {"text": "pears"}]
    for asked in only_a:
        assert listed(client, **asked) == ["a"], asked
        assert listed(client, text="apples", **{name: asked[name] for name in asked if name != "text"}) == [
            "a"
        ]
    for asked in only_b:
        assert listed(client, **asked) == ["b"], asked
    assert listed(client, correct="wrong") == listed(client, pool="paper", tag="homework") == []


def test_pages_of_the_list_follow_each_other(client, recorder):
    record(recorder, *(run_started(f"r{number}") for number in range(5)))
    first = client.get("/record/runs", params={"limit": 3}).json()
    second = client.get("/record/runs", params={"limit": 3, "before": first["next"]}).json()
    assert [run["id"] for run in first["runs"] + second["runs"]] == ["r4", "r3", "r2", "r1", "r0"]
    assert second["next"] is None


@pytest.mark.parametrize(
    "asked", [{"before": "x"}, {"limit": 0}, {"limit": 201}, {"correct": "maybe"}, {"since": "June"}]
)
def test_what_cannot_be_understood_is_one_sentence(client, asked):
    assert next(iter(asked)) in sentence(client.get("/record/runs", params=asked), 422)


def test_facets_are_told(client, recorder):
    record(recorder, *one_of_each("r"))
    client.post("/record/runs/r/curation", json={"tags": ["homework"]})
    assert client.get("/record/facets").json() == {
        "protocols": ["disputation"],
        "pools": ["pocket"],
        "experts": [{"name": "large", "title": "large"}, {"name": "small", "title": "Small"}],
        "tags": ["homework"],
        "batches": [],
        "sources": ["apples.jsonl"],
        "categories": ["fruit"],
    }


def test_following_gives_what_is_new_without_the_prompts(client, recorder):
    record(recorder, *one_of_each("r"))
    answer = client.get("/record/runs/r").json()
    assert (answer["status"], answer["problem"]) == ("done", None)
    queued = next(event for event in answer["events"] if event["kind"] == "call_queued")
    assert "messages" not in queued
    assert queued["expert"] == "small"
    assert "call_delta" not in [event["kind"] for event in answer["events"]]
    later = client.get("/record/runs/r", params={"after": answer["events"][-2]["seq"]}).json()
    assert later["events"] == answer["events"][-1:]


def test_the_whole_run_has_every_delta_with_its_time(client, recorder):
    record(recorder, run_started("r"), call_queued("r", "a"))
    for number in range(3):
        record(recorder, call_delta("r", "a", f"{number} ", at=2000.0 + number))
    whole = client.get("/record/runs/r", params={"whole": 1}).json()["events"]
    deltas = [(event["at"], event["text"]) for event in whole if event["kind"] == "call_delta"]
    assert deltas == [(2000.0, "0 "), (2001.0, "1 "), (2002.0, "2 ")]
    assert all("messages" not in event for event in whole)
    merged = client.get("/record/runs/r").json()["events"]
    assert [event["text"] for event in merged if event["kind"] == "call_delta"] == ["0 1 2 "]


def test_finished_calls_are_rendered_and_nothing_else(client, recorder):
    record(recorder, *one_of_each("r"), call_queued("r", "open"), call_delta("r", "open", "not *yet*"))
    asked = {"call": [OTHER, "open", "critique/large/on/small", "never there"]}
    rendered = client.get("/record/runs/r/rendered", params=asked).json()
    assert list(rendered) == [OTHER]
    assert "<p" in rendered[OTHER]
    assert "It adds." in rendered[OTHER]
    assert rendered == client.get("/record/runs/r/rendered", params=asked).json()
    sentence(client.get("/record/runs/r/rendered"), 422)


def test_changes_are_between_finished_calls(client, recorder):
    record(recorder, *one_of_each("r"))
    changes = client.get("/record/runs/r/changes", params={"before": FIRST, "after": OTHER}).json()
    assert {change["operation"] for change in changes} == {"removed", "added"}
    refused = client.get("/record/runs/r/changes", params={"before": FIRST, "after": "never there"})
    assert "never there" in sentence(refused, 404)


def test_a_run_is_saved_as_a_page_and_runs_as_lines(client, recorder):
    record(recorder, *one_of_each("r"), *one_of_each("s"))
    page = client.get("/record/runs/r/page")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-disposition"] == 'attachment; filename="disputatio-r.html"'
    assert "How many apples are left?" in page.text
    lines = client.get("/record/export", params={"run": ["r", "s"]})
    assert lines.headers["content-disposition"] == 'attachment; filename="disputatio-runs.jsonl"'
    assert [json.loads(line)["id"] for line in lines.text.splitlines()] == ["r", "s"]


def test_a_file_is_never_named_by_a_stranger(client, recorder):
    name = 'a"; evil=../b'
    record(recorder, run_started(name), run_finished(name))
    answer = client.get("/record/export", params={"run": name})
    assert answer.headers["content-disposition"] == 'attachment; filename="disputatio-aevilb.jsonl"'


def test_tags_and_note_are_set_apart_and_together(client, recorder):
    record(recorder, run_started("r"))
    where = "/record/runs/r/curation"
    assert client.get(where).json() == {"tags": [], "note": ""}
    assert client.post(where, json={"tags": ["b", "a"]}).json() == {"tags": ["a", "b"], "note": ""}
    assert client.post(where, json={"note": "n"}).json() == {"tags": ["a", "b"], "note": "n"}
    assert client.post(where, json={"tags": [], "note": ""}).json() == {"tags": [], "note": ""}
    assert "40 characters" in sentence(client.post(where, json={"tags": ["x" * 41], "note": "n"}), 409)
    assert "10,000" in sentence(client.post(where, json={"tags": ["x"], "note": "n" * 10_001}), 409)
    assert client.get(where).json() == {"tags": [], "note": ""}
    sentence(client.post(where, json={"tag": ["x"]}), 422)
    sentence(client.post(where, content="{"), 422)


def test_runs_are_deleted_and_brought_back(client, recorder):
    record(recorder, *one_of_each("a"), *one_of_each("b"))
    assert client.post("/record/runs/delete", json={"runs": ["a", "never there"]}).json() == {"deleted": 1}
    assert listed(client) == listed(client, text="apples") == ["b"]
    for where in ("/record/runs/a", "/record/runs/a/page", "/record/runs/a/curation", "/record/export?run=a"):
        assert "no run 'a'" in sentence(client.get(where), 404)
    assert client.get("/record/runs/a/rendered", params={"call": FIRST}).status_code == 404
    assert client.post("/record/runs/restore", json={"runs": ["a"]}).json() == {"restored": 1}
    assert listed(client, text="apples") == ["b", "a"]
