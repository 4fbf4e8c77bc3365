"""The panel: what a protocol sees of the world, for one question.

It asks experts by name of call, emits everything that happens as events, and hides scheduling, loading and recording.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine import events
from engine.answers import Judge, extract
from engine.calling import Caller, derived_seed
from engine.company import Company
from engine.errors import UserError
from engine.matching import SkillMatcher
from engine.pool import Expert, RewardModel
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from engine.scheduler import Generate, OutcomeReward, Reply, Score, StepRewards, Task


@dataclass(frozen=True, slots=True)
class Ask:
    """A call that a protocol wants made. `target` names the call it is about.

    A model that the runtime can make to follows `json_schema`.
    """

    name: str
    expert: Expert
    messages: tuple[Message, ...]
    temperature: float = 0.7
    max_tokens: int | None = None
    target: str | None = None
    top_p: float = 1.0
    json_schema: dict[str, Any] | None = None


class NobodyAnswered(UserError):
    """A step in which every expert failed."""


@dataclass(slots=True)
class Panel:
    """The experts of one run, as its protocol uses them."""

    question: Question
    roster: Roster
    matcher: SkillMatcher
    judge: Judge
    seed: int
    caller: Caller
    company: Company | None = None
    _stage: int = -1
    _step: str = ""
    _answers: dict[str, str | None] = field(default_factory=dict)

    @property
    def rng(self) -> random.Random:
        """A generator that gives the same draws for the same seed and step."""
        return random.Random(f"{self.seed}/{self._stage}/{self._step}")

    @property
    def scores(self) -> bool:
        """Whether anybody here can score solutions."""
        return self.caller.scheduler.runtime.scores

    def step(self, name: str) -> None:
        """Enter a step; the calls that follow belong to it."""
        self._step = name
        self._stage += 1
        self.tell(events.StepStarted, step=name, ordinal=self._stage)

    def notice(self, message: str) -> None:
        """Tell the person something about this run."""
        self.tell(events.Noticed, message=message)

    def tell(self, kind: type[events.Event], **fields: object) -> None:
        """Emit an event of this run."""
        self.caller.tell(kind, **fields)

    async def ask(self, ask: Ask) -> Reply:
        """Make one call. Raises a UserError that says why there is no answer; that is on the record too."""
        task = Generate(ask.messages, self._sampling(ask))
        return await self._make(ask.name, ask.expert, task, ask.target)

    async def sample(self, ask: Ask, samples: int) -> list[Reply]:
        """Ask once for several independent samples; each is a call of its own on the record, `NAME/0`, `NAME/1`, ….

        Those that fail are left out, with a notice. Raises NobodyAnswered when all of them failed.
        """
        group = object()
        sampling = self._sampling(ask)
        tasks = [
            Generate(ask.messages, replace(sampling, seed=sampling.seed + place)) for place in range(samples)
        ]
        made = (
            self._make(f"{ask.name}/{place}", ask.expert, task, ask.target, group)
            for place, task in enumerate(tasks)
        )
        results = await asyncio.gather(*made, return_exceptions=True)
        return self._answered([ask.expert] * samples, results, needed=True)

    async def score(
        self,
        name: str,
        expert: Expert,
        messages: Sequence[Message],
        candidates: Sequence[str],
        target: str | None = None,
    ) -> list[float]:
        """Natural-log probability of each candidate as the next token. Raises as `ask` does."""
        reply = await self._make(name, expert, Score(tuple(messages), tuple(candidates)), target)
        return reply.values or []

    async def outcome_reward(
        self, name: str, model: RewardModel, messages: Sequence[Message], target: str
    ) -> float:
        """The raw score that an outcome reward model gives the last message. Raises as `ask` does."""
        reply = await self._make(name, model, OutcomeReward(tuple(messages)), target)
        return (reply.values or [])[0]

    async def step_rewards(
        self, name: str, model: RewardModel, messages: Sequence[Message], steps: Sequence[str], target: str
    ) -> list[float]:
        """The probability that each step is good, by a process reward model. Raises as `ask` does."""
        reply = await self._make(name, model, StepRewards(tuple(messages), tuple(steps)), target)
        return reply.values or []

    async def ask_all(
        self, asks: Iterable[Ask], needed: bool = True, each: Callable[[Reply], None] | None = None
    ) -> list[Reply]:
        """Make calls in parallel; those that fail are left out, with a notice that says why.

        `each` is called with every reply as soon as it is there.
        Raises NobodyAnswered when all of them failed and some answer is `needed`.
        """

        async def answered(ask: Ask) -> Reply:
            reply = await self.ask(ask)
            if each:
                each(reply)
            return reply

        asked = list(asks)
        results = await asyncio.gather(*(answered(ask) for ask in asked), return_exceptions=True)
        return self._answered([ask.expert for ask in asked], results, needed)

    async def read_answer(
        self, reply: Reply, first: Reply | None = None, stood_by: bool = False
    ) -> str | None:
        """Extract what a reply answers and put it on the record; None where no answer was found.

        `first` is the reply that this one refines; its answer was read before. Where the expert `stood_by` that, it is
        this reply's answer too, repeated or not.
        """
        answer = extract(reply.text, self.question)
        changed = None
        if first is not None:
            before = self.answer_of(first)
            answer = before if stood_by else answer
            changed = (before, answer) != (None, None) and not await self.agree([before, answer])
        self._answers[reply.call] = answer
        self.tell(
            events.AnswerExtracted,
            call=reply.call,
            expert=reply.expert.name,
            answer=answer,
            correct=await self.right(answer),
            stood_by=stood_by,
            changed=changed,
        )
        return answer

    def answer_of(self, reply: Reply) -> str | None:
        """The answer that `read_answer` found in a reply."""
        return self._answers[reply.call]

    async def agree(self, answers: Sequence[str | None]) -> bool:
        """Whether all answers are the same one; an answer that could not be extracted agrees with nothing."""
        return None not in answers and len(await self.judge.group(answers, self.question)) == 1

    async def right(self, answer: str | None) -> bool | None:
        """Whether an answer equals the gold one; None where no gold answer is known."""
        if self.question.gold is None:
            return None
        return answer is not None and await self.judge.same(answer, self.question.gold, self.question)

    def _sampling(self, ask: Ask) -> Sampling:
        schema = ask.json_schema if self.caller.scheduler.runtime.enforces_json else None
        max_tokens = ask.max_tokens or ask.expert.max_tokens
        # What it thinks counts too; where a schema is enforced it cannot think.
        if ask.expert.thinks and schema is None:
            max_tokens = max(max_tokens, ask.expert.max_tokens)
        return Sampling(
            max_tokens=max_tokens,
            temperature=ask.temperature,
            top_p=ask.top_p,
            json_schema=schema,
            seed=derived_seed(self.seed, ask.name),
        )

    async def _make(
        self, name: str, expert: Expert, task: Task, target: str | None, group: object = None
    ) -> Reply:
        stage, step = self._stage, self._step
        return await self.caller.make(name, expert, task, stage=stage, step=step, target=target, group=group)

    def _answered(
        self, experts: Sequence[Expert], results: Sequence[Reply | BaseException], needed: bool
    ) -> list[Reply]:
        """The replies among the results; the others are noticed, by expert."""
        replies: list[Reply] = []
        reasons: dict[str, str] = {}
        for expert, result in zip(experts, results, strict=True):
            if isinstance(result, Reply):
                replies.append(result)
            elif isinstance(result, UserError):
                reasons[expert.title] = str(result)
            else:
                raise result
        for title, reason in reasons.items():
            self.notice(f"{title} gave no answer in {self._step}; the run goes on without it. {reason}")
        if results and needed and not replies:
            raise NobodyAnswered(f"No expert could answer in {self._step}. {next(iter(reasons.values()))}")
        return replies
