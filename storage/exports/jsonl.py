"""Runs as JSON Lines; `storage.imports.runs` reads them back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from storage.errors import UnknownRun
from storage.traces import Traces


def export(traces: Traces, run_ids: Iterable[str]) -> Iterator[str]:
    """One line for each run, without its line break: an object of the run's fields, `calls` and `events`.

    Raises UnknownRun for a run that is not in the record.
    """
    for run_id in run_ids:
        run = traces.run(run_id)
        if run is None:
            raise UnknownRun(run_id)
        fields = asdict(run)
        del fields["snippet"]
        calls = [asdict(call) for call in traces.calls(run_id)]
        yield json.dumps({**fields, "calls": calls, "events": traces.events(run_id, whole=True)})
