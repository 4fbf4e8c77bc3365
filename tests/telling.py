"""Telling a run event by event, each a little later than the one before."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine import events
from engine.events import Event


class Telling:
    """The events of run `run` of a protocol of these steps, from `at` on (Unix seconds)."""

    def __init__(self, run: str, at: float, steps: list[str], experts: Mapping[str, str]) -> None:
        self._run = run
        self._steps = steps
        self._experts = experts
        self._entered = 0
        self._step = ""
        self._at = at
        self._began = at

    def told(self, kind: type[Event], *, after: float = 0.01, **fields: Any) -> Event:
        """An event that happens `after` seconds from the one before."""
        self._at += after
        return kind(run=self._run, at=self._at, **fields)

    def started(self, question: str, gold: str | None, protocol: str, settings: dict[str, Any]) -> Event:
        """The beginning of the run."""
        asked = {"text": question, "choices": [], "document": "", "kind": "math", "gold": gold}
        return self.told(
            events.RunStarted,
            question=asked | dict.fromkeys(("id", "source", "category")),
            protocol=protocol,
            settings=settings,
            pool="pocket",
            runtime="openvino",
            seed=11,
            steps=self._steps,
            experts=[
                {"name": name, "title": title, "model": f"org/{name}", "parameters": 500_000_000}
                for name, title in self._experts.items()
            ],
        )

    def step(self, step: str) -> Event:
        """The beginning of a step, whose calls come next."""
        self._step = step
        self._entered += 1
        return self.told(events.StepStarted, step=step, ordinal=self._entered - 1)

    def call(
        self, call: str, expert: str, text: str, target: str | None = None, *, task: str = "generate"
    ) -> Iterator[Event]:
        """A call from the queue to its end; where it is not to generate, it gives one number."""
        yield self.told(
            events.CallQueued,
            call=call,
            expert=expert,
            step=self._step,
            messages=[{"role": "user", "content": "Think step by step."}],
            sampling={},
            target=target,
            task=task,
        )
        yield self.told(events.CallStarted, call=call, after=0.05)
        generated = task == "generate"
        yield self.told(
            events.CallFinished,
            call=call,
            text=text,
            prompt_tokens=80,
            tokens=60 if generated else 0,
            seconds_queued=0.05,
            seconds_to_first_token=0.1,
            seconds=0.55,
            finish_reason="stop",
            values=None if generated else [0.5],
            after=0.5,
        )

    def answered(
        self, call: str, expert: str, answer: str | None, gold: str | None, changed: bool | None = None
    ) -> Event:
        """What was found in the call's text."""
        right = None if gold is None else answer == gold
        return self.told(
            events.AnswerExtracted, call=call, expert=expert, answer=answer, correct=right, changed=changed
        )

    def finished(
        self, answer: str | None, text: str, gold: str | None, agreement: Mapping[str, bool]
    ) -> Event:
        """The end of the run."""
        return self.told(
            events.RunFinished,
            outcome="done",
            answer=answer,
            text=text,
            correct=None if gold is None else answer == gold,
            agreement=dict(agreement),
            seconds=self._at - self._began,
        )
