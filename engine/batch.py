"""A batch: many questions through one protocol, all in flight at once, so that each expert is loaded once a step."""

import hashlib
import json
import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from engine import events
from engine.calling import Answered, derived_seed
from engine.company import Company
from engine.critics import BY_QUALITY
from engine.engine import Engine
from engine.errors import UserError
from engine.protocols import Protocol
from engine.question import Question
from engine.roster import Roster
from engine.run import Batched, new_run_id


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch is: the same plan is the same batch, which goes on where it was."""

    questions: tuple[Question, ...]
    protocol: Protocol
    settings: Mapping[str, object]
    roster: Roster
    runtime: str
    seed: int
    server: str | None = None

    @property
    def circumstances(self) -> dict[str, object]:
        """What makes the batch what it is beside its settings: a remote server, and critics' quality if drawn by it."""
        said: dict[str, object] = {}
        if self.runtime == "openai" and self.server:
            said["server"] = self.server.rstrip("/")
        if self.settings.get("critics") == BY_QUALITY:
            said["critic_quality"] = dict(self.roster.critic_quality)
        return said

    @property
    def key(self) -> str:
        """A digest of all that makes the batch what it is."""
        said: dict[str, object] = {
            "questions": [asdict(question) for question in self.questions],
            "protocol": self.protocol.name,
            "settings": dict(self.settings),
            "pool": self.roster.pool.model_dump(mode="json"),
            "profile": self.roster.profile.model_dump(mode="json") if self.roster.profile else None,
            "runtime": self.runtime,
            "seed": self.seed,
            **self.circumstances,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A run of a batch that did not come to its end: its id, and its calls that were answered, by name."""

    run: str
    answered: Mapping[str, Answered]


@dataclass(slots=True)
class Batch:
    """A batch as it runs. `record` is the engine's sink. `id` is the batch's in the record.

    `interrupted` are the runs to go on with, and `drawn` is whom each run drew first, both by question id.
    """

    id: str
    plan: Plan
    interrupted: Mapping[str, Interrupted] = field(default_factory=dict)
    drawn: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _coming: "queue.SimpleQueue[events.Event]" = field(default_factory=queue.SimpleQueue)
    _runs: list[str] = field(default_factory=list)
    _stopped: bool = False

    def record(self, event: events.Event) -> None:
        """Take an event of the engine."""
        self._coming.put(event)

    def run(self, engine: Engine, questions: Sequence[Question]) -> Iterator[events.Event]:
        """Ask all of the questions, and give the events of their runs as they come, until all have ended."""
        before = {question: self.interrupted.get(question.id or "") for question in questions}
        ids = {question: found.run if found else new_run_id() for question, found in before.items()}
        if "recruit" in self.plan.protocol.steps:
            engine.warm_up()  # whoever is recruited is loaded while the keyword expert writes
        asked = {question.id for question in questions}
        # Those that are asked now draw again; all others' draws count, also where their run failed later on.
        company = Company(ids.values(), [drawn for id, drawn in self.drawn.items() if id not in asked])
        self._runs = list(ids.values())
        for question, run in ids.items():
            found = before[question]
            batched = Batched(run, self.id, company, found.answered if found else {})
            # A seed of its own for each question: with one for all, every draw would come out alike.
            seed = derived_seed(self.plan.seed, question.id or "")
            engine.ask(question, self.plan.protocol, dict(self.plan.settings), seed, batched=batched)
            if self._stopped:
                engine.stop(run)
        left = set(ids.values())
        while left:
            event = self._coming.get()
            if isinstance(event, events.RunFinished):
                left.discard(event.run)
            yield event

    def stop(self, stop: Callable[[str], object]) -> None:
        """Stop all of its runs, those that are just being started too."""
        self._stopped = True
        for run in self._runs:
            stop(run)


def require_ids(questions: Sequence[Question]) -> None:
    """Raises UserError where a question has no id, or two have the same: a batch knows them by it."""
    seen: set[str] = set()
    for question in questions:
        if not question.id or question.id in seen:
            said = f"two questions have the id {question.id!r}" if question.id else "a question has no id"
            raise UserError(f"The questions of a batch go by their ids, but {said}: change the file.")
        seen.add(question.id)
