"""Runs as OpenInference spans, in the JSON encoding of the OpenTelemetry protocol (OTLP)."""

import json
from base64 import b64decode
from collections.abc import Iterable, Iterator
from typing import Any

from storage.annotations.annotations import Annotations
from storage.exports.extras import extra
from storage.exports.told_run import ToldRun
from storage.traces import Traces

_IDS = ("traceId", "spanId", "parentSpanId")


def openinference_lines(traces: Traces, annotations: Annotations, run_ids: Iterable[str]) -> Iterator[str]:
    """A line for each run, without its line break: a TracesData object with the spans of one trace.

    Spans are as `storage.exports.openinference_spans` makes them; ids are in hexadecimal digits and enumerations
    are numbers, as OTLP/JSON has them. Raises UserError where the extra `openinference` is not installed; UnknownRun.
    """
    with extra("openinference", "The export of OpenInference spans"):
        from google.protobuf.json_format import MessageToDict  # type: ignore[import-untyped]
        from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans

        from storage.exports.openinference_spans import spans

    for run_id in run_ids:
        encoded = encode_spans(spans(ToldRun.read(traces, annotations, run_id)))
        told = MessageToDict(encoded, use_integers_for_enums=True)
        for resource in told["resourceSpans"]:
            for scope in resource["scopeSpans"]:
                scope["spans"] = [_with_hexadecimal_ids(span) for span in scope["spans"]]
        yield json.dumps(told, ensure_ascii=False)


def _with_hexadecimal_ids(span: dict[str, Any]) -> dict[str, Any]:
    """The span as OTLP/JSON wants it: Protobuf's own JSON has bytes in base 64."""
    return span | {name: b64decode(span[name]).hex() for name in _IDS if name in span}
