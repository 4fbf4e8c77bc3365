"""A runtime that answers from a script, for tests at the boundary to the models."""

import asyncio
import math
import re
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence

from engine.errors import CallFailed, LoadFailed, ModelLost, UserError, WeightsMissing
from engine.pool import Expert, RewardModel
from engine.runtimes.base import Delta, Measured, Message, Progress, Sampling
from engine.runtimes.samples import singly

Script = Callable[[Expert, Sequence[Message], Sampling], str | UserError]
"""What an expert answers; a returned error is raised by the call."""

_DIMENSIONS = 26 * 26


def echo(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str:
    """The expert's name and the last message."""
    return f"{expert.name} heard: {messages[-1].content}"


class Gate:
    """Opened from the test's thread, waited for on the engine's; takes the place of an asyncio.Event."""

    def __init__(self) -> None:
        self._open = threading.Event()

    def open(self) -> None:
        self._open.set()

    async def wait(self) -> None:
        while not self._open.is_set():
            await asyncio.sleep(0.01)


class ScriptedModel:
    """Streams its script's answers word by word, at its runtime's pace; several samples take turns."""

    def __init__(self, runtime: "ScriptedRuntime", expert: Expert) -> None:
        self._runtime = runtime
        self._expert = expert
        self.closed = False

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        runtime, name = self._runtime, self._expert.name
        prompt_tokens = _words_in(messages)
        runtime.calls.append((name, tuple(messages), sampling))
        runtime.running[name] += 1
        runtime.most_running[name] = max(runtime.most_running[name], runtime.running[name])
        try:
            answers = [self._words(messages, one) for one in singly(sampling)]
            for at in range(sampling.max_tokens + 1):
                for sample, words in enumerate(answers):
                    if at < min(len(words), sampling.max_tokens):
                        await runtime.pace(name)
                        if self.closed or name in runtime.crashed:
                            raise ModelLost(f"The process that runs {self._expert.title} ended.")
                        yield Delta(words[at], 1, prompt_tokens, sample=sample)
                    elif at == min(len(words), sampling.max_tokens):
                        reason = "length" if len(words) > sampling.max_tokens else "stop"
                        yield Delta("", 0, prompt_tokens, reason, sample)
        except (GeneratorExit, asyncio.CancelledError):
            runtime.cancelled[name] += 1
            raise
        finally:
            runtime.running[name] -= 1

    def _words(self, messages: Sequence[Message], sampling: Sampling) -> list[str]:
        answer = self._runtime.script(self._expert, messages, sampling)
        if isinstance(answer, UserError):
            raise answer
        return re.findall(r"\S+\s*", answer)

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:
        """The candidate that the script answers gets probability 0.9, the others share the rest."""
        answer = "".join(self._words(messages, Sampling(max_tokens=1)))
        rest = 0.1 / max(1, len(candidates) - 1)
        values = [math.log(0.9 if candidate == answer else rest) for candidate in candidates]
        return Measured(values, _words_in(messages))

    async def outcome_reward(self, messages: Sequence[Message]) -> Measured:
        """The number that the script answers to the conversation."""
        return Measured([self._number("outcome", messages)], _words_in(messages))

    async def step_rewards(self, messages: Sequence[Message], steps: Sequence[str]) -> Measured:
        """The number that the script answers to the conversation that ends with each step."""
        numbers = [self._number("steps", [*messages, Message("assistant", step)]) for step in steps]
        return Measured(numbers, _words_in([*messages, Message("assistant", " ".join(steps))]))

    def _number(self, judged: str, messages: Sequence[Message]) -> float:
        if not isinstance(self._expert, RewardModel) or self._expert.judges != judged:
            raise CallFailed(f"{self._expert.title} does not judge {judged}.")
        return float("".join(self._words(messages, Sampling(max_tokens=1))))

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Counts of letter pairs, scaled to unit length: texts that share words are close."""
        return [_letter_pairs(text) for text in texts]

    async def close(self) -> None:
        self.closed = True
        self._runtime.loaded.discard(self._expert.name)
        self._runtime.unloads[self._expert.name] += 1


class ScriptedRuntime:
    """Loads scripted models and counts what happens.

    - `script` gives the answers, `needs` bytes of memory by expert name (`memory_each` for the others).
    - `lacking` holds the names of experts whose weights are not here.
    - `refuse` holds the experts that cannot be loaded with what to say; `crashed` those whose process has ended:
      their calls raise ModelLost until they are loaded again.
    - `gates` holds an event by expert name that each of its words waits for; `load_gates` the same for loading.
    - `seconds_per_word` slows every word down, for what a person is to watch.
    """

    name = "scripted"
    enforces_json = True
    scores = True

    def __init__(self, script: Script = echo, seconds_per_word: float = 0.0, memory_each: int = 0) -> None:
        self.script = script
        self.seconds_per_word = seconds_per_word
        self.memory_each = memory_each
        self.needs: dict[str, int] = {}
        self.lacking: set[str] = set()
        self.refuse: dict[str, str] = {}
        self.crashed: set[str] = set()
        self.gates: dict[str, asyncio.Event | Gate] = {}
        self.load_gates: dict[str, asyncio.Event | Gate] = {}
        self.loaded: set[str] = set()
        self.loads: Counter[str] = Counter()
        self.unloads: Counter[str] = Counter()
        self.calls: list[tuple[str, tuple[Message, ...], Sampling]] = []
        self.running: Counter[str] = Counter()
        self.most_running: Counter[str] = Counter()
        self.cancelled: Counter[str] = Counter()

    async def load(self, expert: Expert, progress: Progress) -> ScriptedModel:
        progress(0.0, "starting")
        if gate := self.load_gates.get(expert.name):
            await gate.wait()
        if reason := self.refuse.get(expert.name):
            raise LoadFailed(reason)
        progress(0.5, "reading weights")
        await asyncio.sleep(0)
        self.loads[expert.name] += 1
        self.loaded.add(expert.name)
        self.crashed.discard(expert.name)
        progress(1.0, "ready")
        return ScriptedModel(self, expert)

    def memory(self, expert: Expert) -> int:
        if expert.name in self.lacking:
            raise WeightsMissing(f"The weights of {expert.title} are not here.")
        return self.needs.get(expert.name, self.memory_each)

    async def pace(self, name: str) -> None:
        """Wait until the next word of an answer may come."""
        if gate := self.gates.get(name):
            await gate.wait()
        await asyncio.sleep(self.seconds_per_word)


def failing(error: CallFailed) -> Script:
    """A script whose every call fails with `error`."""
    return lambda _expert, _messages, _sampling: error


def _words_in(messages: Sequence[Message]) -> int:
    return sum(len(message.content.split()) for message in messages)


def _letter_pairs(text: str) -> list[float]:
    vector = [0.0] * _DIMENSIONS
    for word in re.findall(r"[a-z]+", text.lower()):
        for first, second in zip(word, word[1:] + word[0], strict=True):
            vector[(ord(first) - 97) * 26 + ord(second) - 97] += 1
    length = math.sqrt(sum(x * x for x in vector))
    return [x / length for x in vector] if length else [1.0] + [0.0] * (_DIMENSIONS - 1)
