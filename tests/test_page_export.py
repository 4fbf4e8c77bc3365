"""The HTML page of one run, as a reader of the file sees it."""

import pytest

from disputed_run import Disputation
from engine.errors import UserError
from storage.curation import Curation
from storage_events import record
from ui.page_export import page


def test_x(recorder, traces, database):
    record(recorder, *Disputation().events("r1"))
    html = page(traces, "r1")
    open("/tmp/w/M/real.html","w").write(html)
