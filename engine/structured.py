"""Asking for JSON: enforced where the runtime can, read and asked for again where it was not followed."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.answers import visible
from engine.panel import Ask, Panel
from engine.scheduler import Reply

RETRIES = 3
"""How often an answer that cannot be read is asked for again (MAMM-Refine)."""

MAX_TOKENS = 1000
"""New tokens of one answer (MAMM-Refine)."""

LONGEST = 256
"""Characters that a text of such an answer can be held to: beyond, the runtimes' grammars (xgrammar) take longer over
each token than the model does, many times so."""

NOTHING_ELSE = ConfigDict(json_schema_extra={"additionalProperties": False})
"""For a shape: a runtime that enforces the form lets nothing else in, though what comes besides can be read over."""

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Structured(Generic[Shape]):
    """A reply and what it says; None where none of the replies asked for could be read."""

    reply: Reply
    content: Shape | None


async def ask_for(panel: Panel, ask: Ask, shape: type[Shape]) -> Structured[Shape]:
    """Make a call whose answer is a JSON object of that shape; at most three more where it cannot be read.

    The further calls are named `…/retry-1` and so on. Raises what `panel.ask` raises.
    """
    schema = shape.model_json_schema()
    reply = await panel.ask(replace(ask, json_schema=schema))
    content = read(reply.text, shape)
    for retry in range(1, RETRIES + 1):
        if content is not None:
            break
        reply = await panel.ask(replace(ask, name=f"{ask.name}/retry-{retry}", json_schema=schema))
        content = read(reply.text, shape)
    return Structured(reply, content)


def read(text: str, shape: type[Shape]) -> Shape | None:
    """The object of that shape in a model's text, whatever stands around it; None where there is none."""
    answer = visible(text)
    begin, end = answer.find("{"), answer.rfind("}")
    try:
        return shape.model_validate_json(answer[begin : end + 1])
    except ValidationError:
        return None
