"""Recording: everything given is on disk, in order, whatever happens meanwhile."""

import time
from threading import Thread

import pytest
from sqlalchemy import select

from engine.events import from_json
from storage.recorder import Recorder
from storage.schema import Run
from storage.traces import Traces
from storage_events import (
    call_delta,
    call_failed,
    call_finished,
    call_queued,
    eventually,
    one_of_each,
    record,
    recruited,
    run_finished,
    run_started,
)


def test_every_event_comes_back_as_it_was_given(recorder, traces):
    given = one_of_each("r1")
    record(recorder, *given)
    found = traces.events("r1", whole=True)
    assert [event.pop("seq") for event in found] == list(range(1, len(given) + 1))
    assert [from_json(event) for event in found] == given


def test_a_run_and_its_calls_hold_what_the_events_said(recorder, traces):
    record(recorder, *one_of_each("r1"))
    run = traces.run("r1")
    assert run.question == "How many apples are left?"
    assert (run.choices, run.document, run.kind, run.gold) == (
        ("three", "four"),
        "A document.",
        "choice",
        "B",
    )
    assert (run.question_id, run.source, run.category) == ("q7", "apples.jsonl", "fruit")
    assert (run.protocol, run.pool, run.runtime, run.seed) == ("disputation", "pocket", "openvino", 11)
    assert run.settings == {"k": 2, "skip_critique": False}
    assert run.steps == ("recruit", "reason", "answer")
    assert run.pool_experts[0]["model"] == "org/small"
    assert [expert.name for expert in run.experts] == ["small", "large"]
    assert [skill["profile_skill"] for skill in run.skills] == ["arithmetic"]
    assert (run.status, run.answer, run.text, run.correct) == ("done", "B", "Four are left.", True)
    assert (run.agreement, run.error, run.seconds) == ({"small": True}, None, 9.5)
    assert (run.prompt_tokens, run.tokens, run.created_at, run.finished_at) == (80, 10, 1000.0, 1010.0)
    first, second, third = traces.calls("r1")
    assert (first.name, first.expert, first.step, first.status) == (
        "reason/small/0",
        "small",
        "reason",
        "done",
    )
    assert first.messages == [{"role": "user", "content": "Reason step by step."}]
    assert first.sampling["seed"] == 3
    assert (first.text, first.prompt_tokens, first.tokens) == ("Seven minus three is four.", 40, 5)
    assert (first.seconds_queued, first.seconds_to_first_token, first.seconds) == (0.5, 0.25, 2.0)
    assert (first.finish_reason, first.answer, first.correct) == ("stop", "B", True)
    assert (second.target, second.status, second.error) == ("reason/small/0", "failed", "The server is down.")
    assert [call.verdict for call in (first, second, third)] == [None, None, "wrong"]


def test_deltas_of_a_call_become_one_row_and_its_text_grows(database, recorder, traces):
    record(recorder, run_started("r"), call_queued("r", "a"), call_queued("r", "b"))
    with database.writer():  # meanwhile the recorder waits, with one batch in hand at most
        for number in range(50):
            recorder.record(call_delta("r", "a", f"a{number} ", at=2000 + number))
            recorder.record(call_delta("r", "b", f"b{number} ", at=2000 + number))
    recorder.flush()
    deltas = [event for event in traces.events("r", whole=True) if event["kind"] == "call_delta"]
    assert len(deltas) <= 4
    for call in traces.calls("r"):
        own = [delta for delta in deltas if delta["call"] == call.name]
        expected = "".join(f"{call.name}{number} " for number in range(50))
        assert call.text == "".join(delta["text"] for delta in own) == expected
        assert call.tokens == sum(delta["tokens"] for delta in own) == 50
        assert own[-1]["at"] == 2049
    assert traces.run("r").tokens == 100


def test_a_cancelled_call_keeps_the_text_it_had(recorder, traces):
    record(recorder, run_started("r"), call_queued("r", "a"), call_delta("r", "a", "half an ans"))
    record(
        recorder, call_failed("r", "a", "stopped", cancelled=True), run_finished("r", None, outcome="stopped")
    )
    (call,) = traces.calls("r")
    assert (call.status, call.text, call.tokens) == ("cancelled", "half an ans", 1)
    assert traces.status("r") == "stopped"


def test_many_threads_may_record_at_once(recorder, traces):
    def run(name):
        recorder.record(run_started(name))
        recorder.record(call_queued(name, "a"))
        for number in range(200):
            recorder.record(call_delta(name, "a", f"{number} "))

    threads = [Thread(target=run, args=(f"r{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorder.flush()
    expected = "".join(f"{number} " for number in range(200))
    for number in range(8):
        events = traces.events(f"r{number}", whole=True)
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert "".join(event.get("text", "") for event in events) == expected
        assert [call.text for call in traces.calls(f"r{number}")] == [expected]


def test_events_are_written_without_anyone_asking(recorder, traces):
    recorder.record(run_started("r"))
    eventually(lambda: traces.status("r") == "running")


def test_a_silent_run_lives_while_its_recorder_does(database, traces):
    def heartbeat():
        with database.reader() as connection:
            return connection.scalar(select(Run.heartbeat_at).where(Run.id == "r"))

    with Recorder(database) as recorder:
        record(recorder, run_started("r"))
        first = heartbeat()
        eventually(lambda: heartbeat() > first + 1)
    assert traces.status("r") == "running"
    later = Traces(database, now=lambda: time.time() + 6)
    assert later.status("r") == later.run("r").status == later.page().runs[0].status == "interrupted"
    assert [run.id for run in later.page(status="interrupted").runs] == ["r"]
    assert later.page(status="running").runs == ()
    assert [run.id for run in traces.page(status="running").runs] == ["r"]


def test_a_resumed_run_goes_on_in_its_record(database, traces):
    with Recorder(database) as recorder:
        record(recorder, run_started("r"), call_queued("r", "a"), call_finished("r", "a", "done before"))
        record(recorder, recruited("r", "small"), call_queued("r", "b"), call_delta("r", "b", "cut off he"))
    with Recorder(database) as recorder:
        record(recorder, run_started("r", at=5000.0), recruited("r", "small"), call_queued("r", "b"))
        record(recorder, call_delta("r", "b", "anew"))
        assert [call.text for call in traces.calls("r")] == ["done before", "anew"]
        deltas = [event["text"] for event in traces.events("r") if event["kind"] == "call_delta"]
        assert deltas == ["anew"]
        record(recorder, call_finished("r", "b", "anew and whole"), run_finished("r"))
    run = traces.run("r")
    assert (run.status, run.created_at, run.tokens) == ("done", 1000.0, 10)
    assert [expert.name for expert in run.experts] == ["small"]
    assert [event["seq"] for event in traces.events("r", whole=True)] == list(range(1, 13))


def test_text_that_no_database_likes_is_kept(recorder, traces):
    text = "nul \0 marks \x02\x03 half \ud83d pair \U0001f682 right-to-left \u202e ${alert(1)} \u2028 end"
    record(recorder, run_started("r", text), call_queued("r", "a"), call_finished("r", "a", text))
    kept = text.replace("\ud83d", "\ufffd")
    assert traces.run("r").question == traces.calls("r")[0].text == kept
    assert traces.events("r")[-1]["text"] == kept
    assert [run.id for run in traces.page("marks half").runs] == ["r"]


def test_what_is_no_plain_data_fails_where_it_is_given(recorder, traces):
    with pytest.raises(TypeError):
        recorder.record(run_started("r", settings={"path": object()}))
    with pytest.raises(ValueError, match="64 bits"):
        recorder.record(run_started("r", seed=2**63))
    record(recorder, run_started("r", seed=2**63 - 1))
    assert traces.run("r").seed == 2**63 - 1


def test_a_closed_recorder_takes_nothing_more(database, traces):
    recorder = Recorder(database, flush_seconds=3600)
    recorder.record(run_started("r"))
    recorder.record(call_queued("r", "a"))
    recorder.close()
    assert [event["kind"] for event in traces.events("r")] == ["run_started", "call_queued"]
    with pytest.raises(RuntimeError, match="closed"):
        recorder.record(run_finished("r"))
