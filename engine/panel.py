"""The panel: what a protocol sees of the world, for one question.

It asks experts by name of call, emits everything that happens as events, and hides scheduling, loading and recording.
"""

import asyncio
import hashlib
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from engine import events
from engine.answers import Judge, extract, visible
from engine.errors import UserError
from engine.matching import SkillMatcher
from engine.pool import Expert
from engine.prompts import stands_by
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Delta, Message, Sampling
from engine.scheduler import Call, Reply, Scheduler
from engine.scheduler.call import RunInFlight

Sink = Callable[[events.Event], None]


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

    run: RunInFlight
    question: Question
    roster: Roster
    matcher: SkillMatcher
    judge: Judge
    seed: int
    scheduler: Scheduler
    sink: Sink
    _stage: int = -1
    _step: str = ""
    _answers: dict[str, str | None] = field(default_factory=dict)
    _loading: dict[str, tuple[float | None, str]] = field(default_factory=dict)

    @property
    def rng(self) -> random.Random:
        """A generator that gives the same draws for the same seed and step."""
        return random.Random(f"{self.seed}/{self._stage}/{self._step}")

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
        self.sink(kind(run=self.run.name, at=time.time(), **fields))

    def tell_loading(self, expert: str, share: float | None, message: str) -> None:
        """Emit how far an expert is loaded; once, however many calls wait for it."""
        if self._loading.get(expert) != (share, message):
            self._loading[expert] = (share, message)
            self.tell(events.ExpertLoading, expert=expert, share=share, message=message)

    async def ask(self, ask: Ask) -> Reply:
        """Make one call. Raises a UserError that says why there is no answer; that is on the record too."""
        sampling = Sampling(
            max_tokens=ask.max_tokens or ask.expert.max_tokens,
            temperature=ask.temperature,
            top_p=ask.top_p,
            json_schema=ask.json_schema if self.scheduler.runtime.enforces_json else None,
            seed=call_seed(self.seed, ask.name),
        )
        call = Call(
            run=self.run,
            name=ask.name,
            expert=ask.expert,
            messages=ask.messages,
            sampling=sampling,
            stage=self._stage,
            listener=_Recording(self, ask.name, ask.expert.name),
        )
        self.tell(
            events.CallQueued,
            call=ask.name,
            expert=ask.expert.name,
            step=self._step,
            messages=[asdict(message) for message in ask.messages],
            sampling=asdict(sampling),
            target=ask.target,
        )
        began = time.monotonic()
        try:
            reply = await self.scheduler.answer(call)
        except (UserError, asyncio.CancelledError) as error:
            cancelled = isinstance(error, asyncio.CancelledError)
            message = "Stopped." if cancelled else str(error)
            seconds = time.monotonic() - began
            self.tell(events.CallFailed, call=ask.name, message=message, seconds=seconds, cancelled=cancelled)
            raise
        fields = asdict(reply)
        del fields["expert"]
        self.tell(events.CallFinished, **fields)
        return reply

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
        replies: list[Reply] = []
        reasons: dict[str, str] = {}
        for ask, result in zip(asked, results, strict=True):
            if isinstance(result, Reply):
                replies.append(result)
            elif isinstance(result, UserError):
                reasons[ask.expert.title] = str(result)
            else:
                raise result
        for title, reason in reasons.items():
            self.notice(f"{title} gave no answer in {self._step}; the run goes on without it. {reason}")
        if asked and needed and not replies:
            raise NobodyAnswered(f"No expert could answer in {self._step}. {next(iter(reasons.values()))}")
        return replies

    async def read_answer(self, reply: Reply, first: Reply | None = None) -> str | None:
        """Extract what a reply answers and put it on the record; None where no answer was found.

        `first` is the reply that this one refines; its answer was read before.
        """
        answer = extract(reply.text, self.question)
        self._answers[reply.call] = answer
        changed = None
        if first is not None:
            before = self.answer_of(first)
            changed = (before, answer) != (None, None) and not await self.agree([before, answer])
        self.tell(
            events.AnswerExtracted,
            call=reply.call,
            expert=reply.expert.name,
            answer=answer,
            correct=await self.right(answer),
            stood_by=first is not None and stands_by(visible(reply.text)),
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


def call_seed(run_seed: int, call: str) -> int:
    """The seed of a call: the same for the same run seed and call name, whatever else runs. 31 bits."""
    digest = hashlib.blake2b(f"{run_seed}/{call}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) >> 1


@dataclass(frozen=True, slots=True)
class _Recording:
    panel: Panel
    call: str
    expert: str

    def loading(self, share: float | None, message: str) -> None:
        self.panel.tell_loading(self.expert, share, message)

    def started(self) -> None:
        self.panel.tell(events.CallStarted, call=self.call)

    def came(self, delta: Delta) -> None:
        self.panel.tell(events.CallDelta, call=self.call, text=delta.text, tokens=delta.tokens)
