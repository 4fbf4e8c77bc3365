"""How fast the engine is, beside three ways to do the same work with the library alone.

Symbolic-MoE with its defaults over a batch of questions, from a cold start, against (1) the lower bound: `generate`
of the library itself on the same prompts, expert after expert, each prompt read once for all its samples, loading not
counted; (2) question after question, each expert loaded and torn down for each; (3) expert after expert: load,
generate, tear down, next, as the code released with the paper does. All ways sample alike and write as many tokens for
every prompt. Our events go to a list, not to a database; starting Python and importing a library counts against us
alone.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from engine.errors import UserError
from engine.memory import default_budget
from engine.pool import Pool, read_pool
from engine.profile import SHIPPED_PROFILES, Profile
from engine.question import Question
from engine.question_file import read_questions, sample
from engine.roster import Roster
from engine.weights import missing
from speed import table
from speed.compared import Compared, Pair, beside_bound, compare
from speed.machine import GIB, described, load_average
from speed.ours import run_batch

console = Console(width=120)


def shipped_questions() -> list[Question]:
    """The questions of the profile of the pool `pocket`: they come with Disputatio."""
    return [
        Question(one.question, one.choices, kind=one.kind, gold=one.gold, id=one.id, source=one.source)
        for one in Profile.read(SHIPPED_PROFILES / "pocket.json").questions
    ]


def limited(pool: Pool, tokens: int) -> Pool:
    """The pool with no answer longer than so many tokens."""
    experts = tuple(
        expert.model_copy(update={"max_tokens": min(expert.max_tokens, tokens)}) for expert in pool.experts
    )
    return pool.model_copy(update={"experts": experts})


def measure(
    roster: Roster,
    questions: Sequence[Question],
    runtime: str,
    memory: int,
    seed: int,
    sequential: int,
    times: int,
) -> Compared:
    """Measure the ways on one runtime, one after the other; the engine and its lower bound so many times in turn."""
    if absent := missing(roster.pool, runtime):
        names = ", ".join(expert.title for expert in absent)
        raise UserError(f"The weights of {names} are not here for {runtime}: pull them first.")
    pairs: list[Pair] = []
    while len(pairs) < times:
        tell(f"{runtime}: the engine, {len(questions)} questions at once")
        ours = run_batch(roster, list(questions), runtime, memory, seed)
        tell(
            f"{runtime}: that took {ours.seconds:.0f} s for {ours.tokens:,} tokens; the same by the library alone"
        )
        pairs.append(pair := beside_bound(ours, roster.pool, runtime))
        tell(f"{runtime}: generating {ours.usage.generating:.0f} s to {pair.bound:.0f} s, {pair.ratio:.2f}")
    compared = compare(pairs, roster.pool, runtime, sequential, tell)
    console.print(table.ratios(compared))
    return compared


def tell(sentence: str) -> None:
    """Print how far it is."""
    console.print(f"{sentence} (load average {load_average()})", highlight=False)


def run(
    questions: Annotated[int, typer.Option(help="How many questions.")] = 40,
    file: Annotated[
        Path | None, typer.Option(help="A file of questions; else those that are shipped.")
    ] = None,
    pool: str = "pocket",
    runtime: Annotated[list[str] | None, typer.Option(help="openvino, vllm; both unless given.")] = None,
    tokens: Annotated[int, typer.Option(help="No answer is longer than so many tokens.")] = 128,
    sequential_questions: Annotated[
        int, typer.Option(min=1, help="Questions really run one after the other.")
    ] = 4,
    seed: int = 0,
    pairs: Annotated[
        int, typer.Option(min=1, help="Measure the engine and (1) so often in turn; the middle pair counts.")
    ] = 1,
    memory: Annotated[float | None, typer.Option(help="GiB for loaded experts; else what is free.")] = None,
    to: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.")] = None,
) -> None:
    """Measure, and print tables."""
    asked = sample(read_questions(file) if file else shipped_questions(), questions, seed)
    profile = SHIPPED_PROFILES / f"{pool}.json"
    roster = Roster(limited(read_pool(pool), tokens), Profile.read(profile) if profile.exists() else None)
    budget = int(memory * GIB) if memory else default_budget()
    machine = described()
    for name, words in machine.items():
        console.print(f"{name}: {words}", highlight=False, markup=False)
    console.print(
        f"{len(asked)} questions, pool {roster.pool.name}, seed {seed}, answers of at most {tokens} tokens, "
        f"{budget / GIB:.1f} GiB for experts. With 40 questions and no GPU this takes an hour or more.",
        highlight=False,
    )
    figures: dict[str, Any] = {
        "machine": machine,
        "pool": roster.pool.name,
        "questions": str(file.name) if file else "those that are shipped",
        "seed": seed,
        "tokens_limit": tokens,
        "memory_gib": budget / GIB,
        "measured": [],
    }
    failed: list[str] = []
    for name in runtime or ("openvino", "vllm"):
        try:
            found = measure(roster, asked, name, budget, seed, sequential_questions, pairs)
        except UserError as error:
            failed.append(f"{name}: {error}")
            tell(failed[-1])
            continue
        if not found.sequential:
            failed.append(f"{name}: question by question is not known.")
        console.print(table.breakdown(found))
        figures["measured"].append(table.as_json(found))
        if to:
            to.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    if failed:
        raise UserError(" ".join(failed))


if __name__ == "__main__":
    try:
        typer.run(run)
    except UserError as error:
        raise SystemExit(str(error)) from error
