"""SIGKILL of the app while a model writes: nothing is left running, and the record up to then opens."""

import time
import uuid
from pathlib import Path

import pytest

from command_line import ONE, QUESTION, disputatio, marked, start
from storage.database import Database
from storage.traces import Traces

SECONDS_TO_BE_GONE = 10
SECONDS_TO_BEGIN = 240


def text_so_far(database: Path) -> str:
    """What the record has of the reasoning."""
    if not database.exists():
        return ""
    opened = Database(database)
    traces = Traces(opened)
    texts = [
        call.text for run in traces.page().runs for call in traces.calls(run.id) if call.step == "reason"
    ]
    opened.close()
    return "".join(texts)


@pytest.mark.parametrize("runtime", ["openvino", "vllm"])
def test_nothing_outlives_a_killed_app_and_its_record_opens(runtime: str, tmp_path: Path) -> None:
    database, marker = tmp_path / "runs.db", uuid.uuid4().hex
    told = ("--protocol", "symbolic-moe", "--k", "8", "--pool", ONE, "--runtime", runtime, "--seed", "1")
    app = start("ask", QUESTION, *told, "--database", str(database), marker=marker, log=tmp_path / "log")
    began = time.monotonic()
    while len(text_so_far(database)) < 40:
        assert app.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() - began < SECONDS_TO_BEGIN, (tmp_path / "log").read_text()
        time.sleep(0.05)
    assert len(marked(marker)) > 1

    app.kill()
    app.wait()
    killed = time.monotonic()
    while marked(marker):
        assert time.monotonic() - killed < SECONDS_TO_BE_GONE, marked(marker)
        time.sleep(0.1)

    assert len(text_so_far(database)) >= 40
    listed = disputatio("runs", "--database", str(database))
    assert listed.returncode == 0
    assert "symbolic-moe" in listed.stdout
