"""A model judges a queue from the command line, over a scripted model."""

import json
import signal
import sys

import pytest

import app
from annotating import criticised
from command_line import ONE
from engine.errors import CallFailed
from scripted import ScriptedRuntime
from storage.annotations.queue_records import QueueFilters
from storage.record import recording
from storage_events import record as tell
from ui.terminal import wiring

EXPERT = "smollm2-135m"


def says(_expert, _messages, _sampling):
    spans = [{"quote": "Subtract", "label": "vague"}]
    return json.dumps({"comment": "So it is.", "verdict": "helpful", "followed": True, "spans": spans})


@pytest.fixture
def runtime(monkeypatch):
    """What the command runs models with."""
    runtime = ScriptedRuntime(says)
    runtime.name = "openai"  # whose experts need no weights here
    monkeypatch.setattr(wiring, "choose", lambda *_: runtime)
    before = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, signal.SIGTERM)}
    yield runtime
    for ending, handler in before.items():
        signal.signal(ending, handler)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "record.db"


@pytest.fixture
def queue(database):
    """A queue of two critiques."""
    with recording(database) as record:
        for run in ("one", "two"):
            tell(record.recorder, *criticised(run))
        return record.annotations.create_queue("Critiques", QueueFilters()).id


@pytest.fixture
def judge(monkeypatch, capsys, database):
    """Runs the command; its exit status, and the last line on stderr."""

    def run(queue, expert=EXPERT):
        words = [
            "annotations",
            "judge",
            queue,
            "--expert",
            expert,
            "--pool",
            ONE,
            "--database",
            str(database),
        ]
        monkeypatch.setattr(sys, "argv", ["disputatio", *words])
        with pytest.raises(SystemExit) as ended:
            app.main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert told.out == ""
        return ended.value.code, told.err.splitlines()[-1]

    return run


def said(database, queue):
    with recording(database) as record:
        return record.annotations.of_queue(queue)


def test_every_item_is_judged_once(runtime, database, queue, judge):
    assert judge(queue) == (0, "SmolLM2 135M judged 2 items.")
    kept = said(database, queue)
    assert {one.run for one in kept} == {"one", "two"}
    assert {(one.kind, one.annotator, one.verdict, one.comment) for one in kept} == {
        ("model", "SmolLM2 135M", "helpful", "So it is.")
    }
    assert [span.quote for span in kept[0].spans] == ["Subtract"]
    assert judge(queue) == (0, "SmolLM2 135M judged 0 items.")
    assert len(runtime.calls) == 2


def test_what_could_not_be_judged_is_said_and_the_same_command_goes_on(runtime, database, queue, judge):
    runtime.script = lambda *_: CallFailed("The server is down.")
    status, told = judge(queue)
    assert (status, told) == (
        1,
        "disputatio: 2 of 2 items are not judged; the same command goes on. The server is down.",
    )
    assert said(database, queue) == ()
    runtime.script = says
    assert judge(queue) == (0, "SmolLM2 135M judged 2 items.")


def test_an_unknown_queue_or_expert_is_one_sentence(runtime, queue, judge):
    assert judge("nowhere") == (
        1,
        "disputatio: There is no queue 'nowhere' in the record: the page Annotate lists those there are.",
    )
    assert judge(queue, "nobody") == (1, "disputatio: Pool one has no expert 'nobody'.")
    assert runtime.calls == []
