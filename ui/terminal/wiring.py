"""What the commands work with: the engine and the pools to choose from."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from engine import events
from engine.catalogue import Catalogue
from engine.engine import Engine
from engine.errors import UserError
from engine.memory import default_budget
from engine.pool import Pool, read_pool
from engine.roster import Roster
from engine.runtimes import choose
from engine.runtimes.base import Runtime
from engine.runtimes.local import LocalRuntime
from engine.weights import missing
from ui.terminal.options import DATA
from ui.terminal.printable import printable

stderr = Console(stderr=True)
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Models:
    """What a person chose to run models with."""

    runtime: str
    server: str | None
    memory: float | None

    @property
    def name(self) -> str:
        """The name of the runtime that is used. Raises UserError where it is not there."""
        return self._chosen().name

    @contextmanager
    def engine(
        self,
        roster: Roster,
        sink: Callable[[events.Event], None],
        critic_quality: Callable[[], Mapping[str, float]] | None = None,
    ) -> Iterator[Engine]:
        """An engine that has started; it is closed at the end. Raises UserError where the runtime is not there."""
        runtime = self._chosen()
        memory = int(self.memory * GIB) if self.memory else default_budget()
        engine = Engine(roster, runtime, LocalRuntime("embedding"), sink, memory, critic_quality)
        engine.start()
        try:
            yield engine
        finally:
            engine.close()

    def _chosen(self) -> Runtime:
        return choose(self.runtime, self.server, os.environ.get("OPENAI_API_KEY"))


def pools(named: str, profile: Path | None = None) -> Catalogue:
    """The pools to choose from; says which files of the person's are left out, and why."""
    catalogue = Catalogue(DATA, read_pool(named, DATA / "pools"), profile)
    for problem in catalogue.problems():
        tell(problem)
    return catalogue


def tell(sentence: str) -> None:
    """Print a sentence on stderr, of which nothing is taken for markup or a command."""
    stderr.print(printable(sentence), highlight=False, markup=False, soft_wrap=True)


def require_weights(pool: Pool, named: str, runtime: str) -> None:
    """Raises UserError when the weights of the whole pool are missing; tells when those of some experts are."""
    if absent := missing(pool, runtime):
        names = ", ".join(expert.title for expert in absent)
        fetched = f"`disputatio pull --pool {named} --runtime {runtime}` fetches them"
        message = f"The weights of {names} are not here yet: {fetched}."
        if set(pool.experts) <= set(absent):
            raise UserError(message)
        tell(f"{message} The others go on without.")
