"""The spans of a run; it is imported only where OpenTelemetry and OpenInference are installed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from openinference.semconv.trace import (
    AnnotationAttributes,
    MessageAttributes,
    OpenInferenceAnnotatorKindValues,
    OpenInferenceMimeTypeValues,
    OpenInferenceSpanKindValues,
    SpanAttributes,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from storage.annotations.records import Annotation
from storage.exports.told_run import ToldRun, told_annotation, told_run
from storage.records import CallRecord

_RESOURCE = Resource({"service.name": "disputatio"})
_SCOPE = InstrumentationScope("disputatio")
_TRACED = TraceFlags(TraceFlags.SAMPLED)

Attributes = dict[str, Any]


def spans(told: ToldRun) -> list[ReadableSpan]:
    """A trace of the run: a CHAIN for it and for each step, an AGENT for each expert in a step, an LLM for each call.

    A call that scores what others wrote is an EVALUATOR. Ids follow from the run's, so that the same run is the same
    trace each time. Annotations are attributes of the call they are about.
    """
    return _Trace(told).spans()


class _Trace:
    def __init__(self, told: ToldRun) -> None:
        self._told = told
        self._trace_id = int.from_bytes(_digest(told.run.id)[:16], "big")

    def spans(self) -> list[ReadableSpan]:
        told, times = self._told, self._told.times
        run = self._span(
            "run", f"disputatio {told.run.protocol}", None, times.started, times.ended, _of_run(told)
        )
        made = [run]
        for index, step in enumerate(times.steps):
            name = f"step/{index}"
            made.append(self._span(name, step.name, run, step.started, step.ended, _kind("CHAIN")))
            parent = made[-1]
            for expert, calls in told.agents(index):
                own = [times.calls[call.name] for call in calls]
                ended = max(call.ended or step.ended for call in own)
                about = _kind("AGENT") | _of_expert(told, expert)
                title = str(told.expert(expert).get("title") or expert)
                made.append(self._span(f"{name}/{expert}", title, parent, own[0].queued, ended, about))
                agent = made[-1]
                for call in calls:
                    began = times.calls[call.name].started or times.calls[call.name].queued
                    over = times.calls[call.name].ended or step.ended
                    about = _of_call(told, call)
                    made.append(
                        self._span(f"call/{call.name}", call.name, agent, began, over, about, call.error)
                    )
        return made

    def _span(
        self,
        key: str,
        name: str,
        parent: ReadableSpan | None,
        started: float,
        ended: float,
        attributes: Attributes,
        error: str | None = None,
    ) -> ReadableSpan:
        span_id = int.from_bytes(_digest(f"{self._told.run.id}\n{key}")[:8], "big")
        return ReadableSpan(
            name=name,
            context=SpanContext(self._trace_id, span_id, is_remote=False, trace_flags=_TRACED),
            parent=parent.context if parent else None,
            resource=_RESOURCE,
            attributes={key: value for key, value in attributes.items() if value is not None},
            kind=SpanKind.INTERNAL,
            instrumentation_scope=_SCOPE,
            status=Status(StatusCode.ERROR, error) if error else Status(StatusCode.OK),
            start_time=_nanoseconds(started),
            end_time=_nanoseconds(max(started, ended)),
        )


def _of_run(told: ToldRun) -> Attributes:
    run = told.run
    return {
        **_kind("CHAIN"),
        SpanAttributes.SESSION_ID: run.batch or run.id,
        SpanAttributes.INPUT_VALUE: run.question,
        SpanAttributes.INPUT_MIME_TYPE: OpenInferenceMimeTypeValues.TEXT.value,
        SpanAttributes.OUTPUT_VALUE: run.text or run.answer,
        SpanAttributes.OUTPUT_MIME_TYPE: OpenInferenceMimeTypeValues.TEXT.value,
        SpanAttributes.TAG_TAGS: list(run.tags) or None,
        SpanAttributes.METADATA: _json({**told_run(told), "answer": run.answer, "gold": run.gold}),
    }


def _of_expert(told: ToldRun, expert: str) -> Attributes:
    return {SpanAttributes.AGENT_NAME: expert, SpanAttributes.METADATA: _json(told.expert(expert))}


def _of_call(told: ToldRun, call: CallRecord) -> Attributes:
    task = told.times.calls[call.name].task
    facts = {"call": call.name, "task": task, "target": call.target, "about": told.author(call)}
    found = {"answer": call.answer, "correct": call.correct, "verdict": call.verdict, "status": call.status}
    times = {"seconds_queued": call.seconds_queued, "seconds_to_first_token": call.seconds_to_first_token}
    done = call.status == "done"
    asked = call.prompt_tokens
    written = [{"role": "assistant", "content": call.text}] if done else []
    attributes: Attributes = {
        **_kind("LLM" if task == "generate" else "EVALUATOR"),
        SpanAttributes.LLM_MODEL_NAME: told.model(call.expert),
        SpanAttributes.LLM_INVOCATION_PARAMETERS: _json(call.sampling),
        SpanAttributes.LLM_TOKEN_COUNT_PROMPT: asked,
        SpanAttributes.LLM_TOKEN_COUNT_COMPLETION: call.tokens,
        SpanAttributes.LLM_TOKEN_COUNT_TOTAL: None if asked is None else asked + call.tokens,
        SpanAttributes.LLM_FINISH_REASON: call.finish_reason,
        SpanAttributes.INPUT_VALUE: _json({"messages": call.messages}),
        SpanAttributes.INPUT_MIME_TYPE: OpenInferenceMimeTypeValues.JSON.value,
        SpanAttributes.OUTPUT_VALUE: call.text if done else None,
        SpanAttributes.AGENT_NAME: call.expert,
        SpanAttributes.METADATA: _json({**facts, **found, **times}),
    }
    sides = {SpanAttributes.LLM_INPUT_MESSAGES: call.messages, SpanAttributes.LLM_OUTPUT_MESSAGES: written}
    for side, messages in sides.items():
        for place, message in enumerate(messages):
            attributes[f"{side}.{place}.{MessageAttributes.MESSAGE_ROLE}"] = message["role"]
            attributes[f"{side}.{place}.{MessageAttributes.MESSAGE_CONTENT}"] = message["content"]
    for place, annotation in enumerate(told.annotations.get(call.name, ())):
        for name, value in _of_annotation(annotation).items():
            attributes[f"{SpanAttributes.ANNOTATIONS}.{place}.{name}"] = value
    return attributes


def _of_annotation(annotation: Annotation) -> Attributes:
    human = annotation.kind == "human"
    who = OpenInferenceAnnotatorKindValues.HUMAN if human else OpenInferenceAnnotatorKindValues.LLM
    return {
        AnnotationAttributes.ANNOTATION_NAME: "verdict",
        AnnotationAttributes.ANNOTATION_LABEL: annotation.verdict,
        AnnotationAttributes.ANNOTATION_EXPLANATION: annotation.comment or None,
        AnnotationAttributes.ANNOTATION_ANNOTATOR_KIND: who.value,
        AnnotationAttributes.ANNOTATION_IDENTIFIER: annotation.annotator,
        AnnotationAttributes.ANNOTATION_METADATA: _json(told_annotation(annotation)),
    }


def _kind(name: str) -> Attributes:
    return {SpanAttributes.OPENINFERENCE_SPAN_KIND: OpenInferenceSpanKindValues(name).value}


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1e9)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
