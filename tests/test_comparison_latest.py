"""Comparisons that were asked for before."""

import pytest

from disputed_run import Disputation
from storage.errors import UnknownRun
from storage_events import record
from ui.comparison.column_name import column_names
from ui.comparison.latest import LatestComparisons


@pytest.fixture
def latest(traces):
    return LatestComparisons(traces)


def test_a_run_that_goes_on_is_compared_anew(latest, recorder):
    *begun, last = Disputation().events("a")
    names = column_names(["a~small", "a~large"])
    record(recorder, *begun[: len(begun) // 2])
    before = latest.of(names)
    record(recorder, *begun[len(begun) // 2 :])
    assert len(latest.of(names).rows) > len(before.rows)
    record(recorder, last)
    assert latest.of(names).columns[0].trace.run.status == "done"


def test_finished_runs_are_compared_once_until_one_is_deleted(latest, recorder, curation):
    record(recorder, *Disputation().events("a"), *Disputation().events("b"))
    names = column_names(["a", "b"])
    found = latest.of(names)
    assert latest.of(names) is found
    assert latest.of(list(reversed(names))) is not found
    curation.delete(["b"])
    with pytest.raises(UnknownRun):
        latest.of(names)
