"""The engine's way and the other three on one runtime, measured one after the other, and their ratios."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import filterfalse

from engine.errors import UserError
from engine.pool import Pool
from speed.bare import Spent, start_each
from speed.ours import Ours
from speed.work import sampled, sequence, some_runs, stages

SEQUENTIAL_TIMES = 5.0
GENERATING_SHARE = 1.05
GROUPED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Pair:
    """The engine, and right after it the libraries' `generate` at best, on what the engine did.

    `sampled` are the stages with several samples of a prompt, each prompt read once for all of them as the engine does
    it; `single` the others.
    """

    ours: Ours
    sampled: Spent
    single: Spent

    @property
    def bound(self) -> float:
        """Seconds of generating."""
        return self.sampled.generating + self.single.generating

    @property
    def ratio(self) -> float:
        """The engine's generating time over the lower bound."""
        return self.ours.usage.generating / self.bound


@dataclass(frozen=True, slots=True)
class Compared:
    """What the ways took. Of the `pairs`, measured one after the other, the middle one is told.

    `grouped` and `sequential` do its work. `sequential` are `sequential_runs` of the `runs` questions, spread evenly;
    None where that failed.
    """

    runtime: str
    pairs: tuple[Pair, ...]
    grouped: Spent
    sequential: Spent | None
    sequential_runs: int

    @property
    def pair(self) -> Pair:
        """The pair with the middle ratio."""
        return middle(self.pairs)

    @property
    def runs(self) -> int:
        """How many questions."""
        return len({generation.run for generation in self.pair.ours.work})

    @property
    def sequential_seconds(self) -> float | None:
        """What one question after the other takes, for all of them."""
        return self.sequential.seconds * self.runs / self.sequential_runs if self.sequential else None

    @property
    def of_generating(self) -> float:
        """(1): the engine's generating time over the lower bound."""
        return self.pair.ratio

    @property
    def of_sequential(self) -> float | None:
        """(2): how many times faster the engine is than one question after the other."""
        return self.sequential_seconds / self.pair.ours.seconds if self.sequential_seconds else None

    @property
    def of_grouped(self) -> float:
        """(3): the engine's whole time over that of loading, generating and tearing down expert by expert."""
        return self.pair.ours.seconds / self.grouped.seconds


def beside_bound(ours: Ours, pool: Pool, runtime: str) -> Pair:
    """Do the engine's work with the libraries alone. Raises UserError where these wrote another number of tokens."""
    by_stage = stages(ours.work)
    several = start_each(filter(sampled, by_stage), pool, runtime, read_once=True)
    single = start_each(filterfalse(sampled, by_stage), pool, runtime)
    _require_same(several.tokens + single.tokens, ours.tokens)
    return Pair(ours, several, single)


def compare(
    pairs: Sequence[Pair], pool: Pool, runtime: str, sequential_runs: int, tell: Callable[[str], None]
) -> Compared:
    """Do the work of the middle pair in the other two ways.

    Raises UserError where these wrote another number of tokens; where question by question fails, which comes last,
    that is told, and the rest stands.
    """
    pair = middle(pairs)
    several = pair.sampled
    if runtime != "vllm":  # which reads what prompts have in common once by itself
        tell(f"{runtime}: expert by expert, every sample a prompt of its own")
        several = start_each(filter(sampled, stages(pair.ours.work)), pool, runtime)
    grouped = several + pair.single
    _require_same(grouped.tokens, pair.ours.tokens)
    questions = some_runs(pair.ours.work, sequential_runs)
    by_question = [stage for question in questions for stage in sequence(question)]
    tell(f"{runtime}: question by question, {len(by_question)} starts")
    try:
        sequential = start_each(by_question, pool, runtime)
        _require_same(sequential.tokens, sum(one.tokens for question in questions for one in question))
    except UserError as error:
        tell(f"{runtime}: question by question failed. {error}")
        sequential = None
    return Compared(runtime, tuple(pairs), grouped, sequential, len(questions))


def middle(pairs: Sequence[Pair]) -> Pair:
    """The pair with the middle ratio; of an even number the lower."""
    return sorted(pairs, key=lambda pair: pair.ratio)[(len(pairs) - 1) // 2]


def _require_same(written: int, wanted: int) -> None:
    if written != wanted:
        raise UserError(f"The ways do not compare: one wrote {written} tokens, the engine {wanted}.")
