"""One very long run: twelve experts reason, critique each other and refine, 4,000 tokens each in every step."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from engine.events import (
    AnswerExtracted,
    CallDelta,
    CallFinished,
    CallQueued,
    CallStarted,
    CritiqueJudged,
    Event,
    ExpertsRecruited,
    RunFinished,
    RunStarted,
    SkillsFound,
    StepStarted,
)
from engine.pool import read_pool
from large_texts import TOKENS, LargeTexts

EXPERTS = 12
TOKENS_PER_SECOND = 40.0  # of an expert
FLUSH_SECONDS = 0.2  # how often the recorder writes: one delta of each call that goes on
SECONDS = 100.0  # how long a step takes


@dataclass(frozen=True, slots=True)
class _Stream:
    """A call, what it is about, and the tokens that come."""

    call: str
    expert: str
    target: str | None
    tokens: list[str]


class LargeRun:
    """The run `run`, just finished, with so many `rounds` of critique and refinement.

    Where there is a `common` answer, first answers are much like it, as `LargeTexts` makes them.
    """

    def __init__(self, run: str, seed: int, rounds: int = 1, common: Sequence[str] = ()) -> None:
        self._run = run
        self._rounds = rounds
        self._texts = LargeTexts(random.Random(seed), common)
        self._ordinal = -1
        self._began = self._at = time.time() - (2 * rounds + 2) * SECONDS
        self._pool = read_pool("paper")
        self._names = [expert.name for expert in self._pool.experts[:EXPERTS]]

    def events(self) -> Iterator[Event]:
        """The events in order, each delta as the recorder would have kept it."""
        yield self._started()
        yield self._step("recruit")
        yield from self._recruited()
        yield self._step("reason")
        held = [_Stream(f"reason/{name}/0", name, None, self._texts.first()) for name in self._names]
        yield from self._streamed(held, "Think step by step.", 1)
        for round in range(1, self._rounds + 1):
            answers = ["".join(stream.tokens) for stream in held]
            yield self._step("critique")
            yield from self._streamed(list(self._critiques(held, round)), answers[0], EXPERTS - 1)
            yield self._step("refine")
            held = [
                _Stream(
                    f"refine/{round}/{one.expert}/0", one.expert, one.call, self._texts.refined(one.tokens)
                )
                for one in held
            ]
            yield from self._streamed(held, "\n\n".join(answers[:2]), 1)

        yield self._step("answer")
        last = _Stream("answer/aggregator", self._names[0], None, self._texts.answer())
        yield from self._streamed([last], "\n\n".join(answers), 1)
        yield RunFinished(
            run=self._run,
            at=self._at,
            outcome="done",
            answer="7",
            text="".join(last.tokens),
            correct=True,
            agreement=dict.fromkeys(self._names, True),
            seconds=self._at - self._began,
        )

    def _started(self) -> RunStarted:
        question = {
            "text": "Which whole number solves all of these equations?",
            "choices": [],
            "document": "",
            "kind": "math",
            "gold": "7",
            **dict.fromkeys(("id", "source", "category")),
        }
        known = {"name", "title", "model", "parameters"}
        return RunStarted(
            run=self._run,
            at=self._at,
            question=question,
            protocol="disputation",
            settings={"k": EXPERTS, "rounds": self._rounds},
            pool=self._pool.name,
            runtime="vllm",
            seed=0,
            steps=["recruit", "reason", "critique", "refine", "answer"],
            experts=[expert.model_dump(include=known) for expert in self._pool.experts],
        )

    def _recruited(self) -> Iterator[Event]:
        skill = {"keyword": "equations", "count": 4, "profile_skill": "algebra", "similarity": 0.9}
        yield SkillsFound(run=self._run, at=self._at, skills=[skill], samples=5)
        candidates = [
            {
                "expert": expert.name,
                "local_score": 4,
                "global_score": 0.1,
                "suitability": 0.4,
                "probability": 0.0625,
                "by_skill": {"algebra": 4},
                "drawn": self._names.count(expert.name),
            }
            for expert in self._pool.experts
        ]
        yield ExpertsRecruited(
            run=self._run, at=self._at, candidates=candidates, drawn=self._names, replacement=False
        )

    def _streamed(self, streams: list[_Stream], prompt: str, at_once: int) -> Iterator[Event]:
        """All calls of a step go on together; each expert shares its speed among its `at_once`."""
        queued = self._at
        for stream in streams:
            yield CallQueued(
                run=self._run,
                at=self._at,
                call=stream.call,
                expert=stream.expert,
                step=stream.call.partition("/")[0],
                messages=[{"role": "user", "content": prompt}],
                sampling={"max_tokens": TOKENS, "temperature": 0.7, "seed": 1},
                target=stream.target,
            )
            yield CallStarted(run=self._run, at=self._at, call=stream.call)
        yield from self._deltas(streams, max(1, round(TOKENS_PER_SECOND * FLUSH_SECONDS / at_once)), at_once)
        for stream in streams:
            yield CallFinished(
                run=self._run,
                at=self._at,
                call=stream.call,
                text="".join(stream.tokens),
                prompt_tokens=len(prompt) // 4,
                tokens=len(stream.tokens),
                seconds_queued=0.0,
                seconds_to_first_token=0.2,
                seconds=self._at - queued,
                finish_reason="stop",
            )
            if stream.call.startswith("critique/"):
                yield CritiqueJudged(run=self._run, at=self._at, call=stream.call, verdict="wrong")
            else:
                changed = False if stream.target else None
                said = {"expert": stream.expert, "answer": "7", "correct": True, "changed": changed}
                yield AnswerExtracted(run=self._run, at=self._at, call=stream.call, **said)

    def _deltas(self, streams: list[_Stream], size: int, at_once: int) -> Iterator[CallDelta]:
        parts = [
            [stream.tokens[at : at + size] for at in range(0, len(stream.tokens), size)] for stream in streams
        ]
        for together in zip_longest(*parts):
            self._at += size * at_once / TOKENS_PER_SECOND
            for stream, tokens in zip(streams, together, strict=True):
                if tokens:
                    text = "".join(tokens)
                    yield CallDelta(
                        run=self._run, at=self._at, call=stream.call, text=text, tokens=len(tokens)
                    )

    def _critiques(self, held: list[_Stream], round: int) -> Iterator[_Stream]:
        """All experts criticise all others."""
        for critic in self._names:
            for author in held:
                if critic != author.expert:
                    name = f"critique/{round}/{critic}/on/{author.expert}"
                    yield _Stream(name, critic, author.call, self._texts.critique(EXPERTS - 1))

    def _step(self, step: str) -> StepStarted:
        self._ordinal += 1
        return StepStarted(run=self._run, at=self._at, step=step, ordinal=self._ordinal)
