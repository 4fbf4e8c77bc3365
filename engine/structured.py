"""Asking for JSON: enforced where the runtime can, read and asked for again where it was not followed."""

from collections.abc import Iterator
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
    """Make a call whose answer is a JSON object of that shape, and its `retries` until it can be read.

    Raises what `panel.ask` raises.
    """
    ask = replace(ask, json_schema=shape.model_json_schema())
    reply = await panel.ask(ask)
    content = read(reply.text, shape)
    for again in retries(ask):
        if content is not None:
            break
        reply = await panel.ask(again)
        content = read(reply.text, shape)
    return Structured(reply, content)


def retries(ask: Ask) -> Iterator[Ask]:
    """The further calls for an answer that cannot be read, named `…/retry-1` and so on."""
    for number in range(1, RETRIES + 1):
        yield replace(ask, name=f"{ask.name}/retry-{number}")


def read(text: str, shape: type[Shape]) -> Shape | None:
    """The object of that shape in a model's text, whatever stands around it; None where there is none."""
    answer = visible(text)
    begin, end = answer.find("{"), answer.rfind("}")
    try:
        return shape.model_validate_json(answer[begin : end + 1])
    except ValidationError:
        return None
