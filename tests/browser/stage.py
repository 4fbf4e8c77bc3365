"""The real application over the scripted runtime: engine, scheduler, recorder, SQLite and pages, in this process."""

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.catalogue import Catalogue
from engine.engine import Engine
from engine.pool import Expert, Pool, read_pool
from engine.profile import Profile, ProfiledQuestion
from engine.prompts import STANDS_BY
from engine.protocols import PROTOCOLS
from engine.protocols.disputation import Settings
from engine.question import Question
from engine.runtimes.base import Message, Runtime, Sampling
from engine.skills import KEYWORD_MAX_TOKENS
from scripted import Gate, ScriptedRuntime
from scripted_pulls import ScriptedPulls
from storage.record import recording
from ui.application import build
from ui.server import Server

SMALL, MIDDLE, LARGE = "smollm2-135m", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"
FIRST = {SMALL: "71", MIDDLE: "70", LARGE: "72"}
REFINED = {SMALL: "71", MIDDLE: "72", LARGE: "72"}
CRITIQUE = "The second step adds where it should multiply.\nVerdict: wrong"
CRITIQUE_TOKENS = Settings().critique_tokens
QUESTION = "A cart holds 8 crates of 9 jars. How many jars does it hold?"


def disputants(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
    """What the three experts say: one stands by its answer, one is persuaded, one was right all along."""
    if sampling.max_tokens == KEYWORD_MAX_TOKENS:
        return "Keywords: multiplication, word problem"
    if sampling.max_tokens == CRITIQUE_TOKENS:
        return CRITIQUE
    if sampling.json_schema is not None:
        return '{"reasoning": "It is the better one.", "answer": "1"}'
    own = any(message.role == "assistant" for message in messages)
    if own and FIRST[expert.name] == REFINED[expert.name]:
        return f"{STANDS_BY} The answer is \\boxed{{{REFINED[expert.name]}}}"
    return working(REFINED[expert.name] if own else FIRST[expert.name])


def working(answer: str) -> str:
    """A chain of thought that ends with the answer."""
    return (
        "There are 8 crates and each holds 9 jars.\n\n"
        f"So I multiply the crates by the jars in each, which makes {answer} jars in all.\n\n"
        f"The answer is \\boxed{{{answer}}}"
    )


class Stage:
    """The running application on a pool and a runtime. `traces` is what was recorded.

    In `folder` are a person's own `pools` and `profiles`; `pulls` says which weights are missing.
    """

    def __init__(
        self, folder: Path, pool: Pool, runtime: Runtime, profile: Profile | None, port: int = 0
    ) -> None:
        self.pool = pool
        self.folder = folder
        self._recording = recording(folder / "record.db", flush_seconds=0.05)
        self.record = self._recording.__enter__()
        self.recorder = self.record.recorder
        self.traces = self.record.traces
        if profile:
            path = folder / "profiles" / f"{pool.name}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(profile.model_dump_json(), "utf-8")
        self.catalogue = Catalogue(folder, pool)
        self.pulls = ScriptedPulls()
        roster = self.catalogue.roster(pool.name)
        weights = self.record.annotations.critic_weights
        self.engine = Engine(roster, runtime, ScriptedRuntime(), self.recorder.record, 1 << 40, weights)
        pages = build(self.engine, self.record, self.catalogue, self.pulls)
        self._server = Server(pages, port=port)
        self.address = self._server.address
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"announce": lambda _words: None}, daemon=True
        )

    def __enter__(self) -> Self:
        self.engine.start()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        self._thread.join()
        self.engine.close()
        self._recording.__exit__(None, None, None)

    def ask(self, text: str = QUESTION, *, protocol: str = "disputation", gold: str | None = "72") -> str:
        """Ask without a page; the run's id."""
        run = self.engine.ask(Question.posed(text, gold=gold), PROTOCOLS[protocol], {"k": 3}, seed=1)
        self.recorder.flush()
        return run

    def done(self, text: str = QUESTION, *, protocol: str = "disputation") -> str:
        """Ask without a page and wait for the end; the run's id."""
        run = self.ask(text, protocol=protocol)
        self.engine.wait(run)
        self.recorder.flush()
        return run

    def texts(self, run: str) -> dict[str, str]:
        """The texts of the run's calls by name, as the record has them."""
        self.recorder.flush()
        return {call.name: call.text for call in self.traces.calls(run)}


class ScriptedStage(Stage):
    """The application whose three experts say what `disputants` says. `runtime` is what the models do."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.runtime = ScriptedRuntime(script=disputants)
        super().__init__(folder, read_pool("pocket"), self.runtime, _profile(), port)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for gate in (*self.runtime.gates.values(), *self.runtime.load_gates.values()):
            gate.open()
        super().__exit__(kind, error, trace)

    def hold(self, expert: str, *, loading: bool = False) -> Gate:
        """Make every word (or the loading) of an expert wait until the gate is opened."""
        gate = Gate()
        (self.runtime.load_gates if loading else self.runtime.gates)[expert] = gate
        return gate


def run_in(address: str) -> str:
    """The id of the run that a page's address names."""
    found = re.search(r"[?&]run=([^&]+)", address)
    if not found:
        raise ValueError(f"no run in {address}")
    return found[1]


def _profile() -> Profile:
    """A profile of a few validation questions, so that suitability differs."""
    right = {
        "multiplication": {SMALL: False, MIDDLE: True, LARGE: True},
        "word problems": {SMALL: False, MIDDLE: False, LARGE: True},
        "logic": {SMALL: True, MIDDLE: False, LARGE: True},
    }
    questions = tuple(
        ProfiledQuestion(
            id=f"{skill}-{number}",
            source="tests",
            kind="math",
            question=f"question {number} on {skill}",
            gold="1",
            skills=(skill,),
            right=experts,
        )
        for skill, experts in right.items()
        for number in range(2)
    )
    return Profile(pool="pocket", made="2026-11-21", made_how="by hand, for the tests", questions=questions)
