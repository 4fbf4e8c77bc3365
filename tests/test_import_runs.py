"""Runs that go from one record to another as JSON Lines."""

import json

import pytest

from disputed_run import Disputation
from storage.curation import Curation
from storage.exports.jsonl import export
from storage.imports.runs import import_runs
from storage.recorder import Recorder
from storage.traces import Traces
from storage_events import call_delta, call_queued, one_of_each, record, run_finished, run_started


@pytest.fixture
def exported(recorder, traces, curation):
    """The lines of three runs, one with every kind of event, one that was interrupted amid a call."""
    record(recorder, *one_of_each("one"))
    record(recorder, *Disputation(question="Is 🧮 + 🧮 = 🧮🧮?").events("two"))
    record(recorder, run_started("three"), call_queued("three", "reason/small/0"))
    record(recorder, call_delta("three", "reason/small/0", "Seven "))
    record(recorder, call_delta("three", "reason/small/0", "minus"))
    curation.mark("one", tags=("fruit", "to read"), note="The critique was **cut**.")
    return list(export(traces, ["one", "two", "three"]))


def told(found):
    return found.taken, found.already, found.left_out


def altered(line, **changes):
    return json.dumps({**json.loads(line), **changes})


def with_event(line, number, **changes):
    data = json.loads(line)
    data["events"][number] |= changes
    return json.dumps(data)


def without_event(line, number):
    data = json.loads(line)
    del data["events"][number]
    return json.dumps(data)


def queued(line):
    """Which event is the first call's."""
    return next(
        place for place, event in enumerate(json.loads(line)["events"]) if event["kind"] == "call_queued"
    )


def test_another_record_has_the_same_runs_after_the_import(exported, elsewhere, traces):
    found = import_runs(elsewhere, exported)

    assert told(found) == (3, 0, 0)
    there = Traces(elsewhere)
    for run in ("one", "two", "three"):
        assert there.calls(run) == traces.calls(run)
        mine, theirs = traces.run(run), there.run(run)
        for field in (
            "created_at",
            "question",
            "experts",
            "answer",
            "correct",
            "skills",
            "tags",
            "note",
            "tokens",
        ):
            assert getattr(theirs, field) == getattr(mine, field)
        assert [event["kind"] for event in there.events(run)] == [
            event["kind"] for event in traces.events(run)
        ]
    assert there.status("three") == "interrupted"
    assert list(export(there, ["one", "two"])) == exported[:2]
    assert [run.id for run in there.page("🧮").runs] == ["two"]
    assert [run.id for run in there.page("to read").runs] == ["one"]


def test_a_run_that_is_there_already_is_not_doubled(exported, elsewhere, database):
    assert told(import_runs(database, exported)) == (0, 3, 0)
    import_runs(elsewhere, exported)
    assert told(import_runs(elsewhere, exported)) == (0, 3, 0)
    assert len(Traces(elsewhere).page().runs) == 3


def test_another_run_of_the_same_id_is_refused(exported, elsewhere):
    import_runs(elsewhere, exported)
    before = Traces(elsewhere).events("one")

    found = import_runs(elsewhere, [with_event(exported[0], -1, answer="A"), exported[1]])

    assert told(found) == (0, 1, 1)
    assert (found.reasons[0].line, "other events" in found.reasons[0].reason) == (1, True)
    assert Traces(elsewhere).events("one") == before


def test_a_run_that_was_deleted_is_not_brought_back_by_a_file(exported, database):
    Curation(database).delete(["one"])
    found = import_runs(database, exported[:1])
    assert told(found) == (0, 0, 1)
    assert "restore it" in found.reasons[0].reason


@pytest.mark.parametrize(
    ("mend", "reason"),
    [
        (lambda line: line[:-20], "not JSON"),
        (lambda line: line[:0] + "[1]", "not a JSON object"),
        (lambda line: line.replace('"at": 1000.0', '"at": NaN', 1), "not JSON"),
        (lambda line: altered(line, id="../one"), "id is not right"),
        (lambda line: altered(line, id="other"), "of another run"),
        (lambda line: altered(line, events=[]), "events is not right"),
        (lambda line: altered(line, events=json.loads(line)["events"][1:]), "does not begin"),
        (lambda line: altered(line, tags=["a\nb"]), "control character"),
        (lambda line: with_event(line, 1, kind="moon_phase"), "moon_phase"),
        (lambda line: with_event(line, 1, phase="full"), "phase"),
        (lambda line: with_event(line, 9, text=5), "text is not right"),
        (lambda line: with_event(line, 9, tokens=2**80), "64 bits"),
        (lambda line: with_event(line, 0, question={"choices": []}), "text is not right"),
        (lambda line: with_event(line, 0, experts=[{"title": "Nameless"}]), "name is not right"),
        (lambda line: with_event(line, 0, at=1e300), "at is not right"),
        (lambda line: with_event(line, 0, at=-1.0), "at is not right"),
        (lambda line: with_event(line, queued(line), messages=[{"role": "user"}]), "content is not right"),
        (lambda line: with_event(line, queued(line), messages=[{"role": "x", "content": ""}]), "role is not"),
        (lambda line: without_event(line, queued(line)), "was not made before it"),
    ],
)
def test_what_is_no_run_is_left_out_and_the_next_line_is_taken(exported, elsewhere, mend, reason):
    found = import_runs(elsewhere, [mend(exported[0]), "", exported[1]])

    assert told(found) == (1, 0, 1)
    assert (found.reasons[0].line, reason in found.reasons[0].reason) == (1, True), found.reasons
    assert [run.id for run in Traces(elsewhere).page().runs] == ["two"]


def test_a_run_of_an_older_version_is_the_same_run(exported, elsewhere):
    # Fields that events did not have then have their defaults now.
    line = json.loads(exported[0])
    for event in line["events"]:
        event.pop("first_drawn", None)
        event.pop("task", None)
    old = json.dumps(line)
    assert told(import_runs(elsewhere, [old])) == (1, 0, 0)
    assert told(import_runs(elsewhere, [exported[0], old])) == (0, 2, 0)


def test_a_run_goes_on_being_recorded_after_an_import(exported, elsewhere):
    import_runs(elsewhere, exported)
    with Recorder(elsewhere) as recorder:
        record(recorder, run_finished("three"))
    assert Traces(elsewhere).status("three") == "done"
