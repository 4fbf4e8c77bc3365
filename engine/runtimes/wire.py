"""The JSON lines between the app and a model process.

A request is `{"id", "ask", …}` with `ask` one of load, generate, score, outcome_reward, step_rewards, embed, cancel,
close. Its replies carry the same id and one of `progress` ([share, words]), `delta`, `value` (the last reply) or
`error` ([class, message], likewise the last).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from engine import errors
from engine.runtimes.base import Delta, Message, Sampling

LINE_LIMIT = 2**28
"""Longest line in bytes: 256 MiB, far above any prompt or batch of embeddings."""


def line(data: Mapping[str, Any]) -> bytes:
    """One message as a line."""
    return json.dumps(data, separators=(",", ":")).encode("ascii") + b"\n"


def messages_to_json(messages: Sequence[Message]) -> list[dict[str, str]]:
    """Chat messages as plain data."""
    return [{"role": message.role, "content": message.content} for message in messages]


def messages_from_json(data: Sequence[Mapping[str, Any]]) -> list[Message]:
    """What `messages_to_json` made this of."""
    return [Message(**message) for message in data]


def sampling_from_json(data: Mapping[str, Any]) -> Sampling:
    """What `asdict` made of a sampling."""
    return Sampling(**{**data, "stop": tuple(data["stop"])})


def delta_to_json(delta: Delta) -> dict[str, Any]:
    """A delta as plain data, without what it leaves open."""
    return {name: value for name, value in asdict(delta).items() if value is not None}


def error_to_json(error: errors.UserError) -> list[str]:
    """The error's class and message."""
    return [type(error).__name__, str(error)]


def error_from_json(data: Sequence[str]) -> errors.UserError:
    """The error that `error_to_json` made this of."""
    name, message = data
    error: errors.UserError = getattr(errors, name)(message)
    return error
