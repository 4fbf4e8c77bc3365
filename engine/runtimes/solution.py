"""Solutions as reward models read them."""

from collections.abc import Sequence
from typing import Any

from engine.errors import CallFailed
from engine.pool import RewardModel
from engine.runtimes.base import Message
from engine.runtimes.prompt import room
from engine.runtimes.wire import messages_to_json


def conversation(tokenizer: Any, model: RewardModel, messages: Sequence[Message]) -> list[int]:
    """Token ids of a conversation to its end; the model's own system prompt, if any, is the only one.

    Raises PromptTooLong.
    """
    chat = [message for message in messages if message.role != "system"]
    if model.system is not None:
        chat = [Message("system", model.system), *chat]
    if tokenizer.chat_template:
        text = tokenizer.apply_chat_template(messages_to_json(chat), tokenize=False)
        ids: list[int] = tokenizer(text, add_special_tokens=False).input_ids
    else:
        ids = tokenizer(" ".join(message.content for message in chat)).input_ids
    room(model, len(ids), 1)
    return ids


def marked_steps(
    tokenizer: Any, model: RewardModel, messages: Sequence[Message], steps: Sequence[str]
) -> tuple[list[int], list[int]]:
    """Token ids of a conversation that the steps answer, and at which of them each step's mark stands.

    A mark that is a word is set off from the steps (Wang et al. 2024, Math-Shepherd), one that is a token of its own
    is not (Zhang et al. 2025, Qwen2.5-Math-PRM). Raises PromptTooLong, and CallFailed where marks were lost.
    """
    mark = model.step_mark or ""
    marked = f" {mark}" if model.good else mark
    between = "\n" if model.good else ""
    # What a model wrote may hold the mark itself.
    solution = between.join(step.replace(mark, "").strip() + marked for step in steps)
    ids = conversation(tokenizer, model, [*messages, Message("assistant", solution)])
    mark_id = last_token(tokenizer, marked)
    marks = [at for at, id in enumerate(ids) if id == mark_id]
    if len(marks) < len(steps):
        raise CallFailed(f"The tokenizer of {model.title} does not keep the step_mark {mark!r} as one token.")
    return ids, marks[len(marks) - len(steps) :]


def last_token(tokenizer: Any, text: str) -> int:
    """Id of the token that a text ends with."""
    return int(tokenizer(text, add_special_tokens=False).input_ids[-1])
