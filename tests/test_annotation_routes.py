"""Items as the pages get them: what an anonymous queue keeps back, and what is no item."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from annotating import CRITIQUE, criticised
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement
from storage.record import recording
from storage_events import record as tell
from ui.accounts.person import Person, person
from ui.annotation.decision_routes import decision_routes
from ui.annotation.item_routes import item_routes
from ui.annotation.queue_routes import queue_routes
from ui.refusals import tell_refusals

SAID = {"verdict": "harmful", "spans": [{"call": "target", "start": 0, "end": 5, "label": "wrong"}]}


@pytest.fixture
def record(tmp_path):
    with recording(tmp_path / "record.db") as record:
        tell(record.recorder, *criticised("the-run", critics=("large", "middle")))
        yield record


@pytest.fixture
def client(record):
    application = FastAPI()
    for routes in (queue_routes, item_routes, decision_routes):
        application.include_router(routes(record.annotations))
    application.dependency_overrides[person] = lambda: Person("Ada", "owner")
    tell_refusals(application)
    return TestClient(application)


def opened(client, record, **settings):
    queue = record.annotations.create_queue("q", QueueFilters(), **settings)
    return client.post(f"/annotation/queues/{queue.id}/next").json()


def test_where_experts_are_hidden_no_answer_names_the_run_or_a_call(client, record):
    given = opened(client, record, anonymous=True, blind=False)
    item = given["item"]["id"]
    path = f"/annotation/items/{item}"
    record.annotations.take(item + 1, "bea")
    answers = [given, *(client.post(f"{path}/{act}", json=SAID).json() for act in ("draft", "done", "take"))]
    for answer in answers:
        told = answer.get("annotation", answer)
        assert (told["run"], told["call"], told["annotator"]) == (None, "critique", "Ada")
        assert "the-run" not in str(answer)
        assert CRITIQUE not in str(answer)
    assert "the-run" in str(opened(client, record))


def test_a_decision_is_shown_as_it_was_made_whether_experts_are_hidden_or_not(client, record):
    for hidden, call in ((True, "target"), (False, "reason/small/0")):
        path = f"/annotation/items/{opened(client, record, anonymous=hidden)['item']['id']}/decision"
        assert client.post(path, json=SAID).status_code == 200
        told = client.get(path).json()
        assert [span["call"] for span in told["decision"]["spans"]] == [call]
        assert told["context"]["target"]["call"] == call


def test_the_items_a_person_had_are_told_latest_first(client, record):
    first = opened(client, record)
    client.post(f"/annotation/items/{first['item']['id']}/skip")
    second = client.post(f"/annotation/queues/{first['queue']['id']}/next").json()
    assert second["history"] == [second["item"]["id"], first["item"]["id"]]
    assert second["item"]["id"] != first["item"]["id"]


def test_a_models_namesake_is_told_what_the_model_said(client, record):
    queue = record.annotations.create_queue("q", QueueFilters(), blind=False)
    item = record.annotations.items(queue.id)[0].id
    record.annotations.record_judged(item, "org/ada-7b", Judgement("harmful"), annotator="Ada")
    record.annotations.finish(item, "Ada", Judgement("helpful"))
    given = client.post(f"/annotation/items/{item}/take").json()
    assert [(one["kind"], one["verdict"]) for one in given["others"]] == [("model", "harmful")]


def test_marks_come_with_the_hash_of_the_text_they_are_in(client, record):
    given = opened(client, record)
    path = f"/annotation/items/{given['item']['id']}/draft"
    span = SAID["spans"][0] | {"text_hash": given["context"]["target"]["text_hash"]}
    assert client.post(path, json={"spans": [span]}).json()["spans"][0]["quote"] == "Seven"
    answer = client.post(path, json={"spans": [span | {"text_hash": "0" * 64}]})
    assert (answer.status_code, "written anew" in answer.json()["detail"]) == (409, True)


@pytest.mark.parametrize("item", [0, -1, 1 << 63, 10**40])
def test_a_number_that_no_item_can_have_is_refused_with_a_sentence(client, item):
    for answer in (
        client.post(f"/annotation/items/{item}/take"),
        client.get(f"/annotation/items/{item}/decision"),
    ):
        assert (answer.status_code, answer.json()["detail"][:17]) == (422, "item is not right")


def test_a_queue_is_closed_and_opened_again(client, record):
    given = opened(client, record)
    path = f"/annotation/queues/{given['queue']['id']}"
    assert client.post(f"{path}/close").json()["queue"]["closed_at"] is not None
    assert client.post(f"/annotation/items/{given['item']['id']}/skip").status_code == 200
    assert client.post(f"{path}/next").json() is None
    assert client.post(f"{path}/open").json()["queue"]["closed_at"] is None
    assert client.post(f"{path}/next").json()["item"]["id"] != given["item"]["id"]
