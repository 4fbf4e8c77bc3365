"""The command that builds a pool's profile."""

from pathlib import Path
from typing import Annotated

import typer

from engine.errors import UserError
from engine.profiling import Notebook, Profiling
from engine.question_file import read_questions, sample
from engine.roster import Roster
from ui.terminal.options import (
    DATA,
    MemoryOption,
    PoolOption,
    ProfileOption,
    RuntimeOption,
    ServerOption,
)
from ui.terminal.profiling import ProfilingBars
from ui.terminal.wiring import Models, pools, require_weights, stderr, tell


def profile(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of validation questions.")] = None,
    add: Annotated[
        str | None, typer.Option(help="An expert to add to the pool's profile; only it is asked.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Questions drawn of each file.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the profile goes.")] = None,
    seed: int = 0,
    pool: PoolOption = "pocket",
    runtime: RuntimeOption = "auto",
    server: ServerOption = None,
    memory: MemoryOption = None,
    profile: ProfileOption = None,
) -> None:
    """Build the pool's profile by real runs: skills, answers, and the test of aggregators. Resumes when killed."""
    if bool(files) == bool(add):
        raise UserError(
            "Name files of validation questions to build a profile, or with --add the expert to add."
        )
    questions = [question for path in files or () for question in sample(read_questions(path), limit, seed)]
    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    chosen = roster.pool
    target = out or DATA / "profiles" / f"{chosen.name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    notebook = Notebook(target.with_suffix(f".{add}.notebook.jsonl" if add else ".notebook.jsonl"))
    profiling = Profiling(notebook)
    with (
        Models(runtime, server, memory).engine(Roster(chosen), profiling.record) as engine,
        ProfilingBars(stderr) as bars,
    ):
        require_weights(chosen, pool, engine.runtime_name)
        how = f"runtime {engine.runtime_name}; seed {seed}"
        if add:
            chosen.expert(add)
            if roster.profile is None:
                raise UserError(f"Pool {chosen.name} has no profile to add {add} to: build one from files.")
            built = profiling.extend(engine, roster.profile, add, seed, f"{add} added, {how}", bars.show)
        else:
            sources = ", ".join(f"{limit or 'all'} of {path.name}" for path in files or ())
            made_how = f"disputatio profile over {sources}; {how}"
            built = profiling.build(engine, questions, seed, made_how, bars.show)
    target.write_text(built.model_dump_json(indent=1) + "\n", "utf-8")
    notebook.path.unlink(missing_ok=True)
    tell(
        f"Profile of {len(built.questions)} questions, {len(built.skills())} skills and {len(built.tests)} "
        f"aggregator tests: {target}"
    )
