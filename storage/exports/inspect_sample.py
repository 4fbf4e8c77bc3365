"""A run as a sample of an Inspect log; it is imported only where Inspect is installed."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from inspect_ai.event import Event, ModelEvent, SpanBeginEvent, SpanEndEvent
from inspect_ai.log import EvalSample
from inspect_ai.model import (
    ChatCompletionChoice,
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
    ModelOutput,
    ModelUsage,
    StopReason,
)
from inspect_ai.scorer import Score

from storage.exports.told_run import ToldRun, told_annotation, told_run
from storage.records import CallRecord

_MESSAGES: dict[str, type[ChatMessage]] = {
    "system": ChatMessageSystem,
    "user": ChatMessageUser,
    "assistant": ChatMessageAssistant,
}
_SAMPLING = {"max_tokens", "temperature", "top_p", "top_k", "seed"}


def sample(told: ToldRun) -> EvalSample:
    """The run: its question and answer, its calls as model events in spans of their step and their expert.

    `correct` is C or I where the right answer is known; `annotations` counts the verdicts on its critiques. The
    metadata has how the run was made, and its critiques with who wrote them, about whom, and what annotators say.
    """
    run = told.run
    output = ModelOutput.from_content(f"pool/{run.pool}", run.text or run.answer or "")
    return EvalSample(
        id=run.id,
        epoch=1,
        input=run.question,
        choices=list(run.choices) or None,
        target=run.gold or "",
        messages=[ChatMessageUser(content=run.question), *(choice.message for choice in output.choices)],
        output=output,
        scores=_scores(told),
        metadata={**told_run(told), "document": run.document, "critiques": _critiques(told)},
        events=list(_events(told)),
        model_usage=_usage(told),
        started_at=_moment(told.times.started),
        completed_at=_moment(told.times.ended),
        total_time=told.times.ended - told.times.started,
    )


def _scores(told: ToldRun) -> dict[str, Score]:
    run = told.run
    scores = {}
    if run.correct is not None:
        scores["correct"] = Score(value="C" if run.correct else "I", answer=run.answer, explanation=run.text)
    if told.annotations:
        given = [one for annotations in told.annotations.values() for one in annotations]
        counts = Counter(one.verdict for one in given if one.verdict is not None)
        value = {verdict: counts[verdict] for verdict in ("helpful", "harmless", "harmful")}
        metadata = {"annotations": [told_annotation(one) for one in given]}
        scores["annotations"] = Score(value=value, metadata=metadata)
    return scores


def _critiques(told: ToldRun) -> list[dict[str, Any]]:
    return [
        {
            "call": call.name,
            "critic": call.expert,
            "about": told.author(call),
            "target": call.target,
            "verdict": call.verdict,
            "text": call.text,
            "annotations": [told_annotation(one) for one in told.annotations.get(call.name, ())],
        }
        for call in told.calls
        if call.step == "critique" and call.target is not None
    ]


def _events(told: ToldRun) -> Iterator[Event]:
    began = told.times.started
    for index, step in enumerate(told.times.steps):
        span = f"{told.run.id}/{index}"
        yield _begin(span, None, "step", step.name, step.started, began)
        for expert, calls in told.agents(index):
            agent = f"{span}/{expert}"
            yield _begin(agent, span, "agent", expert, told.times.calls[calls[0].name].queued, began)
            for call in calls:
                yield _model(told, call, agent)
            last = max(told.times.calls[call.name].ended or step.ended for call in calls)
            yield _end(agent, last, began)
        yield _end(span, step.ended, began)


def _begin(span: str, parent: str | None, kind: str, name: str, at: float, began: float) -> Event:
    moment = datetime.fromtimestamp(at, UTC)
    return SpanBeginEvent(
        id=span,
        span_id=span,
        parent_id=parent,
        type=kind,
        name=name,
        timestamp=moment,
        working_start=at - began,
    )


def _end(span: str, at: float, began: float) -> Event:
    moment = datetime.fromtimestamp(at, UTC)
    return SpanEndEvent(id=span, span_id=span, timestamp=moment, working_start=at - began)


def _model(told: ToldRun, call: CallRecord, span: str) -> Event:
    times, model = told.times.calls[call.name], told.model(call.expert)
    ended = None if times.ended is None else datetime.fromtimestamp(times.ended, UTC)
    facts = {"answer": call.answer, "correct": call.correct, "verdict": call.verdict, "target": call.target}
    given = told.annotations.get(call.name, ())
    return ModelEvent(
        span_id=span,
        timestamp=datetime.fromtimestamp(times.queued, UTC),
        working_start=times.queued - told.times.started,
        completed=ended,
        working_time=None if times.ended is None else times.ended - (times.started or times.queued),
        model=model,
        role=call.expert,
        input=[_message(message) for message in call.messages],
        tools=[],
        tool_choice="none",
        config=GenerateConfig(**{name: value for name, value in call.sampling.items() if name in _SAMPLING}),
        output=_output(call, model),
        error=call.error,
        pending=True if call.status in ("queued", "running") else None,
        metadata={
            "call": call.name,
            "task": times.task,
            **facts,
            "annotations": [told_annotation(one) for one in given],
        },
    )


def _message(message: dict[str, str]) -> ChatMessage:
    return _MESSAGES[message["role"]](content=message["content"])


def _output(call: CallRecord, model: str) -> ModelOutput:
    if call.status != "done":
        return ModelOutput(model=model, error=call.error)
    reason: StopReason = "max_tokens" if call.finish_reason == "length" else "stop"
    choice = ChatCompletionChoice(
        message=ChatMessageAssistant(content=call.text, model=model), stop_reason=reason
    )
    return ModelOutput(model=model, choices=[choice], usage=_counted([call]), time=call.seconds)


def _usage(told: ToldRun) -> dict[str, ModelUsage]:
    models = dict.fromkeys(told.model(call.expert) for call in told.calls)
    return {
        model: _counted([call for call in told.calls if told.model(call.expert) == model]) for model in models
    }


def _counted(calls: list[CallRecord]) -> ModelUsage:
    asked, written = sum(call.prompt_tokens or 0 for call in calls), sum(call.tokens for call in calls)
    return ModelUsage(input_tokens=asked, output_tokens=written, total_tokens=asked + written)


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
