"""Batches as the pages read them."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from batched_runs import begun, pose
from ui.batch_routes import batch_routes
from ui.refusals import tell_refusals


@pytest.fixture
def client(batches):
    application = FastAPI()
    application.include_router(batch_routes(batches))
    tell_refusals(application)
    with TestClient(application) as client:
        yield client


def test_batches_are_listed_and_told_of(client, batches, recorder):
    assert client.get("/record/batches").json() == []
    batch, other = begun(batches), begun(batches, "other")
    for key, right in ((batch, True), (other, False)):
        pose(recorder, key, "q1", right=right, by=[("small", True)])
    listed = client.get("/record/batches").json()
    assert [(one["batch"]["id"], one["figures"]["done"]) for one in listed] == [(other.id, 1), (batch.id, 1)]
    told = client.get(f"/record/batches/{batch.id}").json()
    assert {name: told["figures"]["accuracy"][name] for name in ("right", "of")} == {"right": 1, "of": 1}
    assert told["experts"][0]["accuracy"]["low"] > 0
    assert [peer["batch"]["id"] for peer in told["peers"]] == [other.id]
    compared = client.get(f"/record/batches/{batch.id}/against/{other.id}").json()
    assert [pair["run"] for pair in compared["only_this"]] == ["first-q1"]
    assert (compared["p"], compared["difference"]) == (1.0, -1.0)
    assert compared["both"] == compared["neither"] == []


@pytest.mark.parametrize("path", ["x", "x/against/x"])
def test_an_unknown_batch_is_one_sentence(client, path):
    answer = client.get(f"/record/batches/{path}")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("There is no batch 'x' in the record")
