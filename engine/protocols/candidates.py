"""What two instances of one model write for the same, and which of the two stands (MAMM-Refine)."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from engine.answers import visible
from engine.errors import UserError
from engine.panel import Ask, Panel
from engine.pool import Expert
from engine.prompts import better
from engine.protocols.rerank import Choosing, rerank, tell_choice
from engine.runtimes.base import Message
from engine.scheduler import Reply
from engine.structured import MAX_TOKENS, ask_for, retries

Selection = Literal["rerank", "generate"]
"""RERANK: agents vote for a candidate. GENERATE: each instance writes its own anew by the other's; the first stands.

GENERATE is a single exchange here, without rounds, and the other agents have no part in it.
"""

INSTANCES = 2


@dataclass(frozen=True, slots=True)
class Work:
    """What instances of one expert are asked to write, as a JSON object of `shape` where there is one.

    `subject` names it, and its calls; `target` is the call that it is about. `each` is told every reply that can
    be read. A reply that ends at `max_tokens` cannot be read where it must be `whole`. One that is not `complete` is
    asked for again, and after that taken as it is.
    """

    subject: str
    expert: Expert
    messages: tuple[Message, ...]
    target: str | None = None
    shape: type[BaseModel] | None = None
    each: Callable[[Reply], None] | None = None
    max_tokens: int = MAX_TOKENS
    whole: bool = False
    complete: Callable[[Reply], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Choice:
    """How one of two candidates comes to stand: which agents vote, for how many rounds at most."""

    agents: Sequence[Expert]
    selection: Selection
    rounds: int


async def best_of_two(panel: Panel, work: Work, choice: Choice, prompt: Choosing) -> Reply | None:
    """The reply that stands for the work; None where no instance wrote one that could be read, and a notice says so.

    Its calls are `{subject}/0` and `{subject}/1`, those of "generate" `generate/{subject}/0` and so on; where none of
    the latter can be read, the first of the former stands.
    """
    found = await _written(panel, work, work.subject, [work.messages] * INSTANCES)
    if not found:
        return None
    if choice.selection == "rerank" or len(found) == 1:
        return await rerank(panel, choice.agents, work.subject, found, prompt, choice.rounds)
    texts = [visible(reply.text) for reply in found]
    pairs = zip(texts, reversed(texts), strict=True)
    prompts = [better(work.messages, own, other) for own, other in pairs]
    candidates = await _written(panel, work, f"generate/{work.subject}", prompts) or found
    same = len({visible(reply.text) for reply in candidates}) == 1
    tell_choice(panel, work.subject, candidates, candidates[0], 0, same)
    return candidates[0]


async def _written(
    panel: Panel, work: Work, name: str, prompts: Sequence[tuple[Message, ...]]
) -> list[Reply]:
    """What is written in reply to the prompts, in parallel; what nobody can read is left out."""
    replies = await asyncio.gather(
        *(_write(panel, work, f"{name}/{number}", prompt) for number, prompt in enumerate(prompts))
    )
    return [reply for reply in replies if reply is not None]


async def _write(panel: Panel, work: Work, name: str, messages: tuple[Message, ...]) -> Reply | None:
    ask = Ask(name, work.expert, messages, max_tokens=work.max_tokens, target=work.target)
    try:
        if work.shape is None:
            reply = await _complete(panel, work, ask)
            readable = bool(visible(reply.text)) and not (work.whole and reply.cut_off)
        else:
            answered = await ask_for(panel, ask, work.shape)
            reply, readable = answered.reply, answered.content is not None
    except UserError as error:
        panel.notice(f"{work.expert.title} wrote nothing for {name}. {error}")
        return None
    if not readable:
        panel.notice(f"What {work.expert.title} wrote for {name} could not be read.")
        return None
    if work.each:
        work.each(reply)
    return reply


async def _complete(panel: Panel, work: Work, ask: Ask) -> Reply:
    """The first complete reply, or else the last one that says anything."""
    reply = await panel.ask(ask)
    for again in retries(ask):
        if work.complete(reply):
            break
        try:
            later = await panel.ask(again)
        except UserError:  # on the record, as the call's failure
            break
        reply = later if visible(later.text) else reply
    return reply
