"""Following a run: whoever asks for the events again and again never loses or doubles a word."""

import random
from threading import Thread

import pytest

from engine.events import CallStarted, Noticed
from storage.database import Database
from storage.recorder import Recorder
from storage.traces import Traces
from storage_events import (
    call_delta,
    call_failed,
    call_finished,
    call_queued,
    eventually,
    run_finished,
    run_started,
)


class Follower:
    """Follows a run as a page does: all it knows of the calls' texts comes from `events`."""

    def __init__(self, traces):
        self.traces = traces
        self.last = 0
        self.texts = {}
        self.others = []
        self.finished = False

    def poll(self):
        events = self.traces.events("r", self.last)
        assert [event["seq"] for event in events] == sorted({event["seq"] for event in events})
        for event in events:
            assert event["seq"] > self.last
            self.last = event["seq"]
            call = event.get("call")
            match event["kind"]:
                case "call_queued":
                    self.texts[call] = ""
                case "call_delta":
                    self.texts[call] += event["text"]
                case "call_finished":
                    self.texts[call] = event["text"]
                case "run_finished":
                    self.finished = True
            if event["kind"] != "call_delta":
                self.others.append((event["kind"], call))
        return events


def debate(chance, calls=6):
    """Events of a run in random order, each with the texts of its calls after it."""
    texts, open_calls, waiting = {}, [], [f"call {number}" for number in range(calls)]
    yield run_started("r"), {}
    while waiting or open_calls:
        deed = chance.choice(["queue", "start", "delta", "delta", "delta", "delta", "end", "again", "notice"])
        call = chance.choice(open_calls) if open_calls else None
        event = None
        if deed == "queue" and waiting:
            call = waiting.pop()
            open_calls.append(call)
            texts[call] = ""
            event = call_queued("r", call)
        elif deed == "notice":
            event = Noticed(run="r", at=1.0, message="Something happened.")
        elif call and deed == "start":
            event = CallStarted(run="r", at=1.0, call=call)
        elif call and deed == "again" and chance.random() < 0.3:
            texts[call] = ""
            event = call_queued("r", call)
        elif call and deed == "delta":
            word = f"{chance.randrange(1000)} "
            texts[call] += word
            event = call_delta("r", call, word)
        elif call and deed == "end" and chance.random() < 0.2:
            open_calls.remove(call)
            event = call_failed("r", call) if chance.random() < 0.3 else call_finished("r", call, texts[call])
        if event:
            yield event, dict(texts)
    yield run_finished("r"), dict(texts)


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "record.db")
    yield database
    database.close()


@pytest.mark.parametrize("seed", range(12))
def test_followers_know_the_same_texts_whenever_they_came_and_looked(database, seed):
    chance = random.Random(seed)
    traces = Traces(database)
    followers = [Follower(traces)]
    with Recorder(database, flush_seconds=0.001) as recorder:
        for event, texts in debate(chance):
            recorder.record(event)
            if chance.random() < 0.08:
                recorder.flush()
                followers.append(Follower(traces))
                looking = [followers[-1], *chance.sample(followers, k=len(followers) // 2)]
                for follower in looking:
                    follower.poll()
                    assert follower.texts == texts
                assert {call.name: call.text for call in traces.calls("r")} == texts
        recorder.flush()
        for follower in followers:
            follower.poll()
            assert follower.texts == texts
            assert follower.others == followers[0].others
            assert follower.poll() == []
        whole = traces.events("r", whole=True)
        assert [event["seq"] for event in whole] == list(range(1, len(whole) + 1))


@pytest.mark.parametrize("seed", range(3))
def test_a_follower_of_a_live_recorder_loses_and_doubles_nothing(database, seed):
    events = [event for event, _ in debate(random.Random(100 + seed), calls=40)]
    *_, (_, texts) = debate(random.Random(100 + seed), calls=40)
    others = [(event.kind, getattr(event, "call", None)) for event in events if event.kind != "call_delta"]
    follower = Follower(Traces(database))
    with Recorder(database, flush_seconds=0.001) as recorder:

        def record():
            for event in events:
                recorder.record(event)
                if event.kind == "call_delta":
                    recorder.flush()

        thread = Thread(target=record)
        thread.start()
        polls = []
        eventually(lambda: polls.append(bool(follower.poll())) or follower.finished)
        thread.join()
    assert sum(polls) > 1
    assert follower.texts == texts
    assert follower.others == others


def test_whoever_opens_late_gets_little(database):
    traces = Traces(database)
    with Recorder(database, flush_seconds=0.001) as recorder:
        recorder.record(run_started("r"))
        for call in ("finished", "open"):
            recorder.record(call_queued("r", call))
            for number in range(20):
                recorder.record(call_delta("r", call, f"{number} "))
                recorder.flush()
        recorder.record(call_finished("r", "finished", "the whole text"))
        recorder.flush()
        events = traces.events("r")
    kinds = [event["kind"] for event in events]
    assert kinds == ["run_started", "call_queued", "call_queued", "call_delta", "call_finished"]
    merged = events[3]
    assert (merged["text"], merged["tokens"]) == ("".join(f"{number} " for number in range(20)), 20)
    assert merged["seq"] == 43
    assert len(traces.events("r", whole=True)) == 44
    assert traces.events("r", after=43) == events[4:]
