"""Real processes: killed while they record, writing at once, and out of space."""

import json
import subprocess
import sys
import time
from pathlib import Path

from storage.database import Database
from storage.recorder import Recorder
from storage.traces import Traces
from storage_events import call_queued, eventually, run_started

ROOT = Path(__file__).parent.parent

STREAM = """
import sys, time
from pathlib import Path
from storage.database import Database
from storage.recorder import Recorder
from storage_events import *

recorder = Recorder(Database(Path(sys.argv[1])))
recorder.record(run_started("r", "A question of the killed"))
recorder.record(call_queued("r", "a"))
number = 0
while True:
    recorder.record(call_delta("r", "a", f"{number} ", at=time.time()))
    print(number, time.time(), flush=True)
    number += 1
    time.sleep(0.005)
"""

WRITE = """
import sys
from pathlib import Path
from storage.database import Database
from storage.recorder import Recorder
from storage_events import *

with Recorder(Database(Path(sys.argv[1])), flush_seconds=0.001) as recorder:
    for number in range(30):
        run = f"{sys.argv[2]}{number}"
        recorder.record(run_started(run, f"Question {run}"))
        recorder.record(call_queued(run, "a"))
        for word in range(20):
            recorder.record(call_delta(run, "a", f"{word} "))
            recorder.record(call_delta("shared", sys.argv[2], f"{word} "))
        recorder.record(run_finished(run))
        recorder.flush()
"""

FULL = """
import json, resource, sys
from pathlib import Path
from storage.database import Database
from storage.errors import RecordingFailed
from storage.recorder import Recorder
from storage.traces import Traces
from storage_events import *

database = Database(Path(sys.argv[1]))
recorder = Recorder(database)
recorder.record(run_started("r"))
recorder.flush()
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))  # every write to a file now fails as on a full disk
recorder.record(call_queued("r", "a"))
said = []
for word in ("some ", "words"):
    recorder.record(call_delta("r", "a", word))
    try:
        recorder.flush()
    except RecordingFailed as error:
        said.append(str(error))
problem = recorder.problem
if sys.argv[2] == "mended":
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    recorder.flush()
try:
    recorder.close()
except RecordingFailed as error:
    said.append(str(error))
texts = [call.text for call in Traces(database).calls("r")]
print(json.dumps({"said": said, "problem": problem, "afterwards": recorder.problem, "texts": texts}))
"""


def start(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)


def test_a_killed_process_leaves_its_record_up_to_the_last_half_second(tmp_path):
    path = tmp_path / "record.db"
    child = start(STREAM, path)
    said = [child.stdout.readline().split() for _ in range(400)]
    child.kill()
    said += [line.split() for line in child.stdout.read().splitlines()]
    child.communicate()
    last = float(said[-1][1])
    owed = [number for number, at in said if float(at) < last - 0.5]
    database = Database(path)
    traces = Traces(database, now=lambda: time.time() + 6)
    (call,) = traces.calls("r")
    words = call.text.split()
    assert words[: len(owed)] == owed
    assert words == [str(number) for number in range(len(words))]
    assert (traces.status("r"), call.status) == ("interrupted", "queued")
    assert traces.events("r")[-1]["text"] == call.text
    assert [run.id for run in traces.page("killed").runs] == ["r"]
    with Recorder(database) as recorder:
        recorder.record(run_started("next"))
        recorder.flush()
    assert [run.id for run in traces.page().runs] == ["next", "r"]


def test_two_processes_write_at_once(tmp_path):
    path = tmp_path / "record.db"
    traces = Traces(Database(path))
    with Recorder(Database(path)) as recorder:
        recorder.record(run_started("shared"))
        for name in ("x", "y"):
            recorder.record(call_queued("shared", name))
        recorder.flush()
    children = [start(WRITE, path, name) for name in ("x", "y")]
    eventually(lambda: len(traces.page(status="done").runs) > 2)
    for child in children:
        _, errors = child.communicate()
        assert (child.returncode, errors) == (0, "")
    twenty = "".join(f"{word} " for word in range(20))
    ids = {f"{name}{number}" for name in ("x", "y") for number in range(30)}
    assert {run.id for run in traces.page(limit=100).runs} == ids | {"shared"}
    for run in ids:
        events = traces.events(run, whole=True)
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert [call.text for call in traces.calls(run)] == [twenty]
    shared = traces.events("shared", whole=True)
    assert [event["seq"] for event in shared] == list(range(1, len(shared) + 1))
    assert [call.text for call in traces.calls("shared")] == [twenty * 30] * 2


def test_nothing_is_dropped_while_the_disk_is_full(tmp_path):
    child = start(FULL, tmp_path / "record.db", "mended")
    output, errors = child.communicate()
    result = json.loads(output)
    assert len(result["said"]) == 2
    assert "cannot be recorded" in result["problem"]
    assert result["problem"] in errors
    assert (result["texts"], result["afterwards"]) == (["some words"], None)


def test_what_could_never_be_written_is_told_at_the_end(tmp_path):
    child = start(FULL, tmp_path / "record.db", "full")
    output, _ = child.communicate()
    result = json.loads(output)
    assert result["said"][-1].startswith("3 events are lost.")
    assert result["texts"] == []


def test_a_reader_sees_a_run_of_another_process_as_it_goes(tmp_path):
    path = tmp_path / "record.db"
    traces = Traces(Database(path))
    child = start(STREAM, path)
    eventually(lambda: bool(traces.calls("r") and len(traces.calls("r")[0].text.split()) > 20))
    assert traces.status("r") == "running"
    child.kill()
    child.communicate()
