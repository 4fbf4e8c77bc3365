"""An engine over the scripted runtime, and what it put on the record."""

from collections.abc import Callable
from typing import TypeVar

from engine import events
from engine.engine import Engine
from engine.pool import Pool
from engine.profile import Profile
from engine.protocols import find_protocol
from engine.question import Question
from engine.roster import Roster
from scripted import Script, ScriptedRuntime

Kind = TypeVar("Kind", bound=events.Event)

QUESTION = Question.posed("A cart holds 8 crates of 9 jars. How many jars does it hold?", gold="72")


class Stage:
    """An engine over a script, and the events it emitted."""

    def __init__(self, script: Script, of: Pool, known: Profile | None) -> None:
        self.runtime = ScriptedRuntime(script)
        self.seen: list[events.Event] = []
        self.sinks: list[Callable[[events.Event], None]] = [self.seen.append]
        roster = Roster(of, known)
        self.engine = Engine(roster, self.runtime, ScriptedRuntime(), self._sink, 1 << 30)
        self.engine.start()

    def _sink(self, event: events.Event) -> None:
        for sink in self.sinks:
            sink(event)

    def run(self, protocol: str, question: Question = QUESTION, seed: int = 1, **settings: object) -> None:
        self.engine.wait(self.engine.ask(question, find_protocol(protocol), settings, seed))

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.seen if isinstance(event, kind)]

    @property
    def called(self) -> list[str]:
        return [queued.call for queued in self.of(events.CallQueued)]

    def prompt(self, call: str) -> str:
        (queued,) = (event for event in self.of(events.CallQueued) if event.call == call)
        return "\n".join(message["content"] for message in queued.messages)

    def prompt_once(self, call: str) -> str:
        """What the call was told last: its last message."""
        (queued,) = (event for event in self.of(events.CallQueued) if event.call == call)
        return str(queued.messages[-1]["content"])

    @property
    def finished(self) -> events.RunFinished:
        (finished,) = self.of(events.RunFinished)
        return finished

    @property
    def notices(self) -> str:
        return " ".join(notice.message for notice in self.of(events.Noticed))
