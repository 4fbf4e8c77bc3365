"""The engine's way and the other three on one runtime, measured one after the other, and their ratios."""

import statistics
from collections.abc import Callable
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
class Compared:
    """One measurement of each way.

    `bound` are the seconds of the libraries' `generate` at best: those of `grouped`, but with each prompt read once for
    all its samples, as the engine does it.

    `sequential` are `sequential_runs` of the `runs` questions, spread evenly; None where that failed.
    """

    runtime: str
    ours: Ours
    bound: float
    grouped: Spent
    sequential: Spent | None
    sequential_runs: int
    runs: int

    @property
    def sequential_seconds(self) -> float | None:
        """What one question after the other takes, for all of them."""
        return self.sequential.seconds * self.runs / self.sequential_runs if self.sequential else None

    @property
    def of_generating(self) -> float:
        """(1): the engine's generating time over the lower bound."""
        return self.ours.usage.generating / self.bound

    @property
    def of_sequential(self) -> float | None:
        """(2): how many times faster the engine is than one question after the other."""
        return self.sequential_seconds / self.ours.seconds if self.sequential_seconds else None

    @property
    def of_grouped(self) -> float:
        """(3): the engine's whole time over that of loading, generating and tearing down expert by expert."""
        return self.ours.seconds / self.grouped.seconds


def compare(
    ours: Ours, pool: Pool, runtime: str, sequential_runs: int, tell: Callable[[str], None]
) -> Compared:
    """Do the engine's work in the other ways. Raises UserError where these wrote another number of tokens.

    Where question by question fails, which comes last, that is told, and the rest stands.
    """
    runs = len({generation.run for generation in ours.work})
    by_stage = stages(ours.work)
    tell(f"{runtime}: expert by expert, {len(by_stage)} starts")
    several = start_each(filter(sampled, by_stage), pool, runtime)
    single = start_each(filterfalse(sampled, by_stage), pool, runtime)
    grouped = several + single
    _require_same(grouped.tokens, ours.tokens)
    bound = grouped.generating
    if runtime != "vllm":  # which reads what prompts have in common once by itself
        tell(f"{runtime}: the stages with several samples of a prompt again, each prompt read once")
        once = start_each(filter(sampled, by_stage), pool, runtime, read_once=True)
        bound = min(once.generating, several.generating) + single.generating
    tell(
        f"{runtime}: generating {ours.usage.generating:.0f} s to {bound:.0f} s, "
        f"in all {ours.seconds:.0f} s to {grouped.seconds:.0f} s"
    )
    questions = some_runs(ours.work, sequential_runs)
    by_question = [stage for question in questions for stage in sequence(question)]
    tell(f"{runtime}: question by question, {len(by_question)} starts")
    sequential = None
    try:
        sequential = start_each(by_question, pool, runtime)
        _require_same(sequential.tokens, sum(one.tokens for question in questions for one in question))
    except UserError as error:
        tell(f"{runtime}: question by question failed. {error}")
        sequential = None
    return Compared(runtime, ours, bound, grouped, sequential, len(questions), runs)


def median(measured: list[Compared]) -> Compared:
    """The measurement whose whole time, as a share of that expert by expert, is the middle one."""
    middle = statistics.median_low([one.of_grouped for one in measured])
    return next(one for one in measured if one.of_grouped == middle)


def _require_same(written: int, wanted: int) -> None:
    if written != wanted:
        raise UserError(f"The ways do not compare: one wrote {written} tokens, the engine {wanted}.")
