"""Agents who answer the same in rounds, each seeing what all said in the last one, until they agree (MAMM-Refine)."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, BeforeValidator, Field

from engine.errors import UserError
from engine.panel import Ask, Panel
from engine.pool import Expert
from engine.prompts import Opinion
from engine.runtimes.base import Message
from engine.structured import LONGEST, MAX_TOKENS, NOTHING_ELSE, ask_for

ROUNDS = 10
"""At most so many rounds (MAMM-Refine)."""


class Ballot(BaseModel):
    """What an agent answers; a subclass says which answers there are."""

    model_config = NOTHING_ELSE

    reasoning: str = Field(json_schema_extra={"minLength": 1, "maxLength": LONGEST})
    answer: str


Plain = BeforeValidator(lambda answer: str(answer).strip(" .\"'").lower())
"""An answer without what models put around it."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What an agent said in one round; `problem` is why its call failed, where it did."""

    call: str
    round: int
    expert: Expert
    answer: str | None
    reasoning: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Debated:
    """What holds after `rounds` rounds, None where nobody gave an answer; `agreed`: the last votes were the same, and
    those of most.

    `absent` has the experts whose calls failed, by title, with why.
    """

    answer: str | None
    rounds: int
    agreed: bool
    absent: dict[str, str]


async def debate(
    panel: Panel,
    agents: Sequence[Expert],
    name: str,
    prompt: Callable[[Sequence[Opinion]], tuple[Message, ...]],
    shape: type[Ballot],
    rounds: int,
    each: Callable[[Vote], None],
) -> Debated:
    """Have the agents answer `prompt` until all answers of a round are the same, for at most `rounds` rounds.

    The calls are named `{name}/{round}/{expert}`. `each` is called with every vote as soon as it is there. An answer
    that cannot be read is no vote and is not counted. Agreement takes votes of more than half of those whose calls did
    not fail; a round without any vote is the last, as is the second in a row with no more than half. Without agreement
    the first agent's last answer holds, or that of the first one who gave any.
    """

    async def vote(agent: Expert, number: int, before: Sequence[Opinion]) -> Vote:
        call = f"{name}/{number}/{agent.name}"
        try:
            answered = await ask_for(panel, Ask(call, agent, prompt(before), max_tokens=MAX_TOKENS), shape)
        except UserError as error:
            cast = Vote(call, number, agent, None, problem=str(error))
        else:
            said = answered.content
            reasoning, answer = (said.reasoning, said.answer) if said else ("", None)
            cast = Vote(answered.reply.call, number, agent, answer, reasoning)
        each(cast)
        return cast

    last: dict[str, str] = {}
    absent: dict[str, str] = {}
    opinions: list[Opinion] = []
    given: set[str] = set()
    heard, agreed = True, False
    number = 0
    while number < rounds:
        number += 1
        votes = await asyncio.gather(*(vote(agent, number, opinions) for agent in agents))
        opinions = [Opinion(cast.answer, cast.reasoning) for cast in votes]
        absent |= {cast.expert.title: cast.problem for cast in votes if cast.problem}
        last |= {cast.expert.name: cast.answer for cast in votes if cast.answer is not None}
        answers = [cast.answer for cast in votes if cast.answer is not None]
        given = set(answers)
        heard_before, heard = heard, 2 * len(answers) > sum(not cast.problem for cast in votes)
        agreed = heard and len(given) == 1
        if agreed or not given or not (heard or heard_before):
            break
    holds = next((last[agent.name] for agent in agents if agent.name in last), None)
    if agreed:  # also where the first agent's vote of this round cannot be read
        (holds,) = given
    return Debated(holds, number, agreed, absent)
