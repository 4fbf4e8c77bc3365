"""Deleting runs, restoring them, and what is purged for good."""

import pytest

from engine.events import from_json
from storage.curation import KEPT_SECONDS, Curation
from storage.errors import UnknownRun
from storage.exports.jsonl import export
from storage.recorder import Recorder
from storage.traces import Traces
from storage_events import call_delta, call_queued, eventually, one_of_each, record, run_finished, run_started

RUN_COLUMN = {"runs": "number", "search": "rowid"}
TABLES = ("runs", "search", "events", "calls", "recruits", "tags", "notes")


@pytest.fixture
def curation(database, clock):
    return Curation(database, now=clock)


def ids(page):
    return [run.id for run in page.runs]


def kept(database):
    """How many runs each table has rows of."""
    with database.reader() as connection:
        return {
            table: connection.exec_driver_sql(
                f"SELECT count(DISTINCT {RUN_COLUMN.get(table, 'run')}) FROM {table}"
            ).scalar()
            for table in TABLES
        }


def test_a_deleted_run_appears_nowhere(recorder, traces, curation):
    record(recorder, *one_of_each("gone"), *one_of_each("kept"))
    curation.mark("gone", tags=["only here"], note="noted")
    assert curation.delete(["gone", "never there"]) == 1
    assert curation.delete(["gone"]) == 0
    assert ids(traces.page()) == ids(traces.page("apples")) == ids(traces.page(expert="small")) == ["kept"]
    assert (
        ids(traces.page("noted")) == ids(traces.page(tag="only here")) == ids(traces.page(noted=True)) == []
    )
    assert traces.run("gone") is traces.status("gone") is None
    assert traces.events("gone") == traces.events("gone", whole=True) == traces.calls("gone") == []
    assert traces.texts("gone", ["reason/small/0"]) == {}
    assert traces.facets().tags == ()
    for refused in (lambda: list(export(traces, ["gone"])), lambda: curation.of("gone")):
        with pytest.raises(UnknownRun, match="no run 'gone'"):
            refused()
    for change in ({"tags": ["x"]}, {"note": "x"}):
        with pytest.raises(UnknownRun):
            curation.mark("gone", **change)


def test_a_restored_run_is_as_it_was(recorder, traces, curation):
    record(recorder, *one_of_each("r"))
    curation.mark("r", tags=["tagged"], note="noted")
    before = (traces.run("r"), traces.calls("r"), traces.events("r", whole=True), traces.page("noted"))
    curation.delete(["r"])
    assert curation.restore(["r", "never there"]) == 1
    assert curation.restore(["r"]) == 0
    assert (
        traces.run("r"),
        traces.calls("r"),
        traces.events("r", whole=True),
        traces.page("noted"),
    ) == before
    assert ids(traces.page("apples", tag="tagged", noted=True)) == ["r"]


def test_a_run_deleted_while_it_goes_on_is_whole_when_it_is_restored(recorder, traces, curation):
    given = one_of_each("r")
    record(recorder, *given[:6])
    curation.delete(["r"])
    record(recorder, *given[6:])
    assert ids(traces.page()) == ids(traces.page("apples")) == []
    curation.restore(["r"])
    events = traces.events("r", whole=True)
    assert [from_json({k: v for k, v in event.items() if k != "seq"}) for event in events] == given
    assert ids(traces.page("seven minus three")) == ["r"]


def test_purging_leaves_nothing_of_what_was_deleted_long_ago(database, recorder, curation, clock):
    record(recorder, *one_of_each("old"), *one_of_each("new"), *one_of_each("kept"))
    for run in ("old", "new", "kept"):
        curation.mark(run, tags=["tagged"], note="noted")
    curation.delete(["old"])
    clock.at += KEPT_SECONDS
    curation.delete(["new"])
    assert curation.purge() == 0
    clock.at += 1
    assert curation.purge() == 1
    assert curation.restore(["old", "new"]) == 1
    assert kept(database) == dict.fromkeys(TABLES, 2)


def test_what_a_purged_run_still_gives_is_not_recorded(recorder, traces, curation):
    record(recorder, run_started("r"), call_queued("r", "a"))
    curation.delete(["r"])
    curation.purge(older_than=-1)
    record(recorder, call_delta("r", "a", "more"), run_finished("r"), run_started("next"))
    assert ids(traces.page()) == ["next"]
    assert traces.events("r") == []


def test_a_recorder_purges_when_it_starts(database, curation):
    with Recorder(database) as recorder:
        record(recorder, *one_of_each("old"), *one_of_each("kept"))
    curation.delete(["old"])  # by a clock of long ago
    with Recorder(database):
        eventually(lambda: kept(database)["runs"] == 1)
    assert curation.restore(["old"]) == 0


def test_a_recorder_keeps_what_was_deleted_today(database):
    with Recorder(database) as recorder:
        record(recorder, *one_of_each("r"))
    Curation(database).delete(["r"])
    with Recorder(database) as recorder:
        record(recorder, run_started("next"))
    assert Curation(database).restore(["r"]) == 1


def test_interrupted_runs_can_be_deleted_too(database, recorder, curation):
    record(recorder, run_started("r"))
    later = Traces(database, now=lambda: 4e9)
    assert later.status("r") == "interrupted"
    assert curation.delete(["r"]) == 1
    assert ids(later.page(status="interrupted")) == []
