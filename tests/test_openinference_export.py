"""Runs as OpenInference spans, read back with OpenTelemetry's own messages."""

import json
import sys
from base64 import b64encode

import pytest
from google.protobuf.json_format import ParseDict
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status, TracesData

from disputed_run import CRITIQUE, EXPERTS, Disputation
from engine.errors import UserError
from storage.annotations.annotations import Annotations
from storage.annotations.records import Judgement
from storage.exports.openinference import openinference_lines
from storage_events import one_of_each, record

CRITIC = "critique/small/on/middle"


@pytest.fixture
def annotations(database):
    return Annotations(database)


@pytest.fixture
def lines(recorder, traces, annotations):
    record(recorder, *Disputation(question="Is 🧮 = 72?").events("right"))
    record(recorder, *one_of_each("each"))
    annotations.annotate("right", CRITIC, "ann", Judgement("harmful", None, "It is right."))
    annotations.annotate("right", CRITIC, "Qwen", Judgement("helpful"), kind="model", model="Qwen 1.5B")
    return list(openinference_lines(traces, annotations, ["right", "each"]))


def read(line):
    """The line's spans as OpenTelemetry's messages; Protobuf's own JSON wants ids in base 64, OTLP has them in hex."""
    data = json.loads(line)
    for resource in data["resourceSpans"]:
        for scope in resource["scopeSpans"]:
            for span in scope["spans"]:
                for name in ("traceId", "spanId", "parentSpanId"):
                    if name in span:
                        span[name] = b64encode(bytes.fromhex(span[name])).decode()
    parsed = ParseDict(data, TracesData())
    (resource,) = parsed.resource_spans
    (scope,) = resource.scope_spans
    return list(scope.spans)


def attributes(span):
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in span.attributes}


def kind(span):
    return attributes(span)["openinference.span.kind"]


def seconds(nanoseconds):
    return nanoseconds / 1e9


def test_a_run_is_one_trace_of_chains_agents_and_model_calls(lines, traces):
    spans = read(lines[0])
    by_id = {span.span_id: span for span in spans}
    (root,) = [span for span in spans if not span.parent_span_id]

    assert len({span.trace_id for span in spans}) == 1
    assert len(root.trace_id) == 16
    assert {len(span.span_id) for span in spans} == {8}
    assert len(by_id) == len(spans)
    assert kind(root) == "CHAIN"
    assert attributes(root)["input.value"] == "Is 🧮 = 72?"
    assert attributes(root)["output.value"] == traces.run("right").text
    assert json.loads(attributes(root)["metadata"])["answer"] == "72"
    steps = [span for span in spans if span.parent_span_id == root.span_id]
    assert [(kind(span), span.name) for span in steps] == [
        ("CHAIN", step) for step in traces.run("right").steps
    ]
    calls = [span for span in spans if kind(span) == "LLM"]
    assert [span.name for span in calls] == [call.name for call in traces.calls("right")]
    for call in calls:
        agent = by_id[call.parent_span_id]
        assert kind(agent) == "AGENT"
        assert attributes(agent)["agent.name"] == attributes(call)["agent.name"]
        assert agent.name == EXPERTS[attributes(agent)["agent.name"]]
        assert by_id[agent.parent_span_id] in steps
    for span in spans:
        assert span.start_time_unix_nano <= span.end_time_unix_nano
        assert span.kind == Span.SPAN_KIND_INTERNAL


def test_a_call_has_its_messages_tokens_and_times(lines, traces):
    (call,) = [span for span in read(lines[0]) if span.name == CRITIC]
    told = attributes(call)
    assert told["llm.model_name"] == "org/small"
    assert told["llm.input_messages.0.message.role"] == "user"
    assert told["llm.input_messages.0.message.content"] == "Think step by step."
    assert told["llm.output_messages.0.message.role"] == "assistant"
    assert told["llm.output_messages.0.message.content"] == CRITIQUE
    counts = [told[f"llm.token_count.{name}"] for name in ("prompt", "completion", "total")]
    assert counts == [80, 120, 200]
    assert json.loads(told["llm.invocation_parameters"])["temperature"] == 0.7
    assert json.loads(told["metadata"])["about"] == "middle"
    events = {event["kind"]: event["at"] for event in traces.events("right") if event.get("call") == CRITIC}
    assert seconds(call.start_time_unix_nano) == pytest.approx(events["call_started"], abs=1e-6)
    assert seconds(call.end_time_unix_nano) == pytest.approx(events["call_finished"], abs=1e-6)
    assert call.status.code == Status.STATUS_CODE_OK


def test_annotations_are_attributes_of_the_call_they_are_about(lines):
    (call,) = [span for span in read(lines[0]) if span.name == CRITIC]
    told = attributes(call)
    for place, (label, who, kind_of) in enumerate([("harmful", "ann", "HUMAN"), ("helpful", "Qwen", "LLM")]):
        own = {
            name.removeprefix(f"annotations.{place}.annotation."): value
            for name, value in told.items()
            if name.startswith(f"annotations.{place}.")
        }
        assert (own["label"], own["identifier"], own["annotator_kind"]) == (label, who, kind_of)
    assert told["annotations.0.annotation.explanation"] == "It is right."


def test_a_call_that_failed_is_an_error(lines):
    (call,) = [span for span in read(lines[1]) if span.name == "critique/large/on/small"]
    assert (call.status.code, call.status.message) == (Status.STATUS_CODE_ERROR, "The server is down.")
    assert "llm.output_messages.0.message.content" not in attributes(call)


def test_the_same_run_is_the_same_trace_each_time(lines, traces, annotations):
    assert list(openinference_lines(traces, annotations, ["right", "each"])) == lines


def test_where_the_libraries_are_missing_it_is_said_how_to_install_them(traces, annotations, monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.common.trace_encoder", None)
    with pytest.raises(UserError, match=r"pip install 'disputatio\[openinference\]'"):
        next(openinference_lines(traces, annotations, ["right"]))
