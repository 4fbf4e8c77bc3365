"""Files of annotations and agreement, over HTTP and on the command line."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import app
from disputed_run import Disputation
from engine.errors import UserError
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement
from storage.exports.jsonl import export
from storage.record import recording
from storage_events import record as record_events
from ui.accounts.person import Person, person
from ui.annotation.agreement_routes import agreement_routes
from ui.annotation.exchange_routes import exchange_routes
from ui.refusals import tell_refusals


@pytest.fixture
def record(tmp_path):
    with recording(tmp_path / "here.db") as record:
        yield record


@pytest.fixture
def elsewhere(tmp_path, record, queue):
    """A record of another machine that has the run."""
    (tmp_path / "run.jsonl").write_text(
        "".join(f"{line}\n" for line in export(record.traces, ["one"])), "utf-8"
    )
    assert record.annotations.queue(queue).items
    path = tmp_path / "elsewhere.db"
    told = command("import", str(tmp_path / "run.jsonl"), "--database", str(path))
    assert "1 runs taken, 0 here already, 0 left out." in told.stderr
    return path


@pytest.fixture
def queue(record):
    record_events(record.recorder, *Disputation().events("one"))
    made = record.annotations.create_queue("Erster Blick?", QueueFilters(), per_item=2)
    for item in record.annotations.items(made.id)[:2]:
        record.annotations.finish(item.id, "ann", Judgement("helpful", None, "=1+1"))
        record.annotations.finish(item.id, "bea", Judgement("harmful"))
    return made.id


def client(record, role="owner"):
    application = FastAPI()
    tell_refusals(application)
    application.include_router(agreement_routes(record.annotations))
    application.include_router(exchange_routes(record.database, record.traces, record.annotations))
    application.dependency_overrides[person] = lambda: Person("ann", role)
    return TestClient(application)


def command(*arguments):
    return CliRunner().invoke(app.cli, arguments, catch_exceptions=True)


def test_the_page_gets_the_figures_and_the_disputed_items(record, queue):
    pages = client(record)
    found = pages.get(f"/annotation/queues/{queue}/agreement").json()
    assert (found["items"], found["everyone"]["verdict"]["units"]) == (2, 2)
    # Of two units with the values helpful and harmful each: o = 2 unlike pairs twice, alpha = 1 - 3 * 4 / (2 * 2 * 2).
    assert found["everyone"]["verdict"]["alpha"] == pytest.approx(-0.5)
    disputed = pages.get(f"/annotation/queues/{queue}/disputed?limit=1").json()["items"]
    assert [(one["disagreement"], one["decided"], len(one["said"])) for one in disputed] == [(1.0, False, 2)]
    # The first critique is by small on middle.
    assert disputed[0]["label"] == "Small 135M on Middle 0.5B"
    assert pages.get("/annotation/queues/none/agreement").status_code == 404


def test_where_experts_are_hidden_the_disputed_items_number_them(record):
    record_events(record.recorder, *Disputation().events("one"))
    queue = record.annotations.create_queue(
        "Answers", QueueFilters(step="reason"), per_item=2, anonymous=True
    )
    item = record.annotations.items(queue.id)[0]
    record.annotations.finish(item.id, "ann", Judgement("helpful"))
    record.annotations.finish(item.id, "bea", Judgement("harmful"))
    (disputed,) = client(record).get(f"/annotation/queues/{queue.id}/disputed").json()["items"]
    assert (disputed["label"], disputed["call"], disputed["critic"]) == ("Expert 1: reason", None, None)


def test_who_is_not_the_owner_gets_no_names_and_no_files(record, queue):
    pages = client(record, "annotator")
    assert pages.get(f"/annotation/queues/{queue}/agreement").status_code == 200
    assert pages.get(f"/annotation/queues/{queue}/disputed").status_code == 403
    assert pages.get(f"/annotation/queues/{queue}/export").status_code == 403
    assert pages.post("/annotation/import", content=b"{}").status_code == 403


@pytest.mark.parametrize(("form", "media"), [("jsonl", "application/x-ndjson"), ("csv", "text/csv")])
def test_a_file_saved_from_the_page_is_taken_by_another_record(form, media, record, queue, elsewhere):
    saved = client(record).get(f"/annotation/queues/{queue}/export?format={form}")
    assert saved.headers["content-disposition"].endswith(f'"disputatio-Erster-Blick-annotations.{form}"')
    with recording(elsewhere) as other:
        pages = client(other)
        assert pages.post(
            "/annotation/import", content=saved.content, headers={"content-type": media}
        ).json() == {
            "taken": 4,
            "already": 0,
            "left_out": 0,
            "reasons": [],
        }
        assert len(other.annotations.of_queue(queue)) == 4
        again = pages.post("/annotation/import", content=b"\xff\xfe{", headers={"content-type": media}).json()
        assert (again["taken"], again["left_out"]) == (0, 1)


def test_commands_write_and_take_files_and_tell_the_agreement(queue, elsewhere, tmp_path):
    here = ("--database", str(tmp_path / "here.db"))
    for form in ("jsonl", "csv"):
        file = tmp_path / f"said.{form}"
        assert (
            command("annotations", "export", queue, "--format", form, "--out", str(file), *here).exit_code
            == 0
        )
        told = command("annotations", "import", str(file), "--database", str(elsewhere))
        counts = "4 annotations taken, 0" if form == "jsonl" else "0 annotations taken, 4"
        assert counts in told.stderr
    pairs = command("annotations", "export", queue, "--format", "dpo", *here).stdout.splitlines()
    assert {json.loads(line)["source"]["kind"] for line in pairs} == {"refinement"}
    found = json.loads(command("annotations", "agreement", queue, "--json", *here).stdout)
    assert found["annotations"] == 4
    assert "-0.500" in command("annotations", "agreement", queue, *here).stdout
    assert queue in command("annotations", "queues", *here).stdout


def test_a_file_of_which_nothing_can_be_taken_fails(tmp_path):
    (tmp_path / "bad.jsonl").write_text("nothing\n")
    for words in (("import",), ("annotations", "import")):
        told = command(*words, str(tmp_path / "bad.jsonl"), "--database", str(tmp_path / "new.db"))
        assert isinstance(told.exception, UserError)
        assert "Line 1: The line is not JSON" in told.stderr


@pytest.mark.usefixtures("queue")
def test_runs_are_exported_in_other_formats(tmp_path):
    here = ("--database", str(tmp_path / "here.db"))
    spans = command("export", "one", "--format", "openinference", *here).stdout
    assert json.loads(spans)["resourceSpans"]
    assert (
        command("export", "one", "--format", "inspect", "--out", str(tmp_path / "one.eval"), *here).exit_code
        == 0
    )
    assert (tmp_path / "one.eval").stat().st_size > 0
    assert isinstance(command("export", "one", "--format", "inspect", *here).exception, UserError)
