"""Sittings of a profiling over a scripted runtime, which share a notebook."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.engine import Engine
from engine.errors import UserError
from engine.pool import Expert, Pool
from engine.profile import Profile
from engine.profiling import Notebook, Profiling
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from scripted import ScriptedRuntime
from small_pool import pool

QUESTIONS = [Question(f"What is 1 + {n}?", kind="math", gold=str(1 + n), id=f"q{n}") for n in (1, 2, 3)]
ANN_AND_BOB = pool("ann", "bob", aggregator="ann")


def pupils(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
    """Ann, who names keywords and verifies, always says 2, and Bob 3."""
    asked = messages[-1].content
    if "Keywords:" in asked:
        return "Keywords: addition"
    if "Say Yes or No" in asked:
        return "Yes"
    return f"It is \\boxed{{{2 if expert.name == 'ann' else 3}}}"


def without(failing: Callable[[Expert, str], bool], error: UserError) -> ScriptedRuntime:
    """A runtime of the pupils, of whom some fail at some prompts."""

    def script(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        return error if failing(expert, messages[-1].content) else pupils(expert, messages, sampling)

    return ScriptedRuntime(script)


class Sitting:
    """A sitting of a profiling whose notebook is kept from one to the next."""

    def __init__(self, notebook: Path, runtime: ScriptedRuntime, of: Pool = ANN_AND_BOB) -> None:
        self.runtime = runtime
        self.profiling = Profiling(Notebook(notebook, "a test"))
        self.engine = Engine(Roster(of), runtime, ScriptedRuntime(), self.profiling.record, 1 << 30)
        self.engine.start()

    def build(self, questions: Sequence[Question] = QUESTIONS) -> Profile:
        return self.profiling.build(self.engine, questions, 0, "by a test", lambda *_: None)

    def extend(self, profile: Profile) -> Profile:
        return self.profiling.extend(self.engine, profile, "bob", 0, "bob added", lambda *_: None)

    @property
    def asked(self) -> list[str]:
        return [name for name, _, _ in self.runtime.calls]


Begin = Callable[..., Sitting]


@contextmanager
def sittings(folder: Path) -> Iterator[Begin]:
    """What begins a sitting with a notebook in the folder; all of them are closed at the end."""
    begun: list[Sitting] = []

    def begin(runtime: ScriptedRuntime, of: Pool = ANN_AND_BOB, notebook: str = "notebook") -> Sitting:
        begun.append(Sitting(folder / notebook, runtime, of))
        return begun[-1]

    yield begin
    for one in begun:
        one.engine.close()
