"""Runs as a log of Inspect, read back with Inspect."""

import sys

import pytest
from inspect_ai.log import read_eval_log

from disputed_run import CRITIQUE, EXPERTS, Disputation
from engine.errors import UserError
from storage.annotations.annotations import Annotations
from storage.annotations.records import Judgement, NewSpan
from storage.errors import UnknownRun
from storage.exports.inspect_log import write_inspect_log
from storage_events import call_delta, call_queued, one_of_each, record, run_started

CRITIC = "critique/small/on/middle"


@pytest.fixture
def annotations(database):
    return Annotations(database)


@pytest.fixture
def runs(recorder, annotations):
    """A run that is right, with an annotated critique, one that has every kind of event, and one that goes on."""
    record(recorder, *Disputation(question="Is 🧮 = 72?", choices=("yes", "no")).events("right"))
    record(recorder, *one_of_each("each"))
    record(recorder, run_started("going"), call_queued("going", "reason/small/0"))
    record(recorder, call_delta("going", "reason/small/0", "Seven "))
    judgement = Judgement("harmful", False, "It is right.", (NewSpan(CRITIC, 4, 10, "hallucinated"),))
    annotations.annotate("right", CRITIC, "ann", judgement)
    return ["right", "each", "going"]


@pytest.fixture(params=[".eval", ".json"])
def log(request, traces, annotations, runs, tmp_path):
    path = tmp_path / f"runs{request.param}"
    write_inspect_log(traces, annotations, runs, path)
    return read_eval_log(path)


def sample_of(log, run):
    return next(sample for sample in log.samples if sample.id == run)


def test_each_run_is_a_sample_that_inspect_reads_back(log, traces):
    assert (log.status, log.eval.model, log.eval.task) == ("success", "pool/pocket", "disputation")
    assert {sample.id for sample in log.samples} == {"right", "each", "going"}
    assert log.eval.model_roles["middle"].model == "org/middle"
    assert log.results.scores[0].metrics["accuracy"].value == 1.0
    assert (log.results.total_samples, log.results.completed_samples) == (3, 2)
    right = sample_of(log, "right")
    assert (right.input, right.choices, right.target) == ("Is 🧮 = 72?", ["yes", "no"], "72")
    assert right.output.completion == traces.run("right").text
    assert (right.scores["correct"].value, right.scores["correct"].answer) == ("C", "72")
    assert [expert["title"] for expert in right.metadata["experts"]] == list(EXPERTS.values())
    assert right.total_time == pytest.approx(traces.run("right").seconds, abs=0.2)
    assert right.model_usage["org/small"].input_tokens == 4 * 80  # reason, two critiques, refine
    assert "correct" not in (sample_of(log, "going").scores or {})


def test_calls_are_model_events_within_their_step_and_their_expert(log, traces):
    right = sample_of(log, "right")
    begun = {event.id: event for event in right.events if event.event == "span_begin"}
    models = {event.metadata["call"]: event for event in right.events if event.event == "model"}

    assert [span.name for span in begun.values() if span.type == "step"] == list(traces.run("right").steps)
    assert set(models) == {call.name for call in traces.calls("right")}
    critique = models[CRITIC]
    assert (critique.role, critique.model) == ("small", "org/small")
    assert critique.input[0].text == "Think step by step."
    assert critique.output.completion == CRITIQUE
    assert (critique.output.usage.input_tokens, critique.output.usage.output_tokens) == (80, 120)
    assert (critique.config.max_tokens, critique.config.temperature) == (512, 0.7)
    assert (critique.completed - critique.timestamp).total_seconds() == pytest.approx(3.5, abs=0.01)
    agent = begun[critique.span_id]
    assert (agent.type, agent.name, begun[agent.parent_id].name) == ("agent", "small", "critique")
    ended = [event.id for event in right.events if event.event == "span_end"]
    assert sorted(ended) == sorted(begun)


def test_critiques_have_their_critic_their_target_and_what_annotators_say(log):
    right = sample_of(log, "right")
    critique = next(one for one in right.metadata["critiques"] if one["call"] == CRITIC)
    assert (critique["critic"], critique["about"], critique["verdict"]) == ("small", "middle", "wrong")
    (said,) = critique["annotations"]
    assert (said["annotator"], said["verdict"], said["followed"]) == ("ann", "harmful", False)
    assert (said["spans"][0]["label"], said["spans"][0]["quote"]) == ("hallucinated", CRITIQUE[4:10])
    assert right.scores["annotations"].value == {"helpful": 0, "harmless": 0, "harmful": 1}


def test_failed_and_unfinished_calls_say_so(log):
    each = {
        event.metadata["call"]: event for event in sample_of(log, "each").events if event.event == "model"
    }
    assert each["critique/large/on/small"].error == "The server is down."
    assert each["critique/large/on/small"].output.completion == ""
    (going,) = [event for event in sample_of(log, "going").events if event.event == "model"]
    assert (going.pending, going.completed) == (True, None)


def test_what_cannot_be_written_is_said(traces, annotations, runs, tmp_path):
    with pytest.raises(UserError, match=r"name the file runs\.eval"):
        write_inspect_log(traces, annotations, runs, tmp_path / "runs.txt")
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UserError, match="cannot be written"):
        write_inspect_log(traces, annotations, runs, tmp_path / "file" / "runs.eval")
    with pytest.raises(UnknownRun):
        write_inspect_log(traces, annotations, ["nothing"], tmp_path / "runs.eval")


def test_where_inspect_is_missing_it_is_said_how_to_install_it(traces, annotations, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "inspect_ai.log", None)
    with pytest.raises(UserError, match=r"pip install 'disputatio\[inspect\]'"):
        write_inspect_log(traces, annotations, ["right"], tmp_path / "runs.eval")
