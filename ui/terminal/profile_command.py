"""The command that builds a pool's profile."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from engine.batch import require_ids
from engine.errors import UserError
from engine.profiling import Notebook, Profiling
from engine.question import Question
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
    require_ids(questions)
    catalogue = pools(pool, profile)
    roster = catalogue.roster(catalogue.named.name)
    models = Models(runtime, server, memory)
    how = f"runtime {models.name}; seed {seed}"
    if add:
        roster.pool.expert(add)
        if roster.profile is None:
            raise UserError(f"Pool {roster.pool.name} has no profile to add {add} to: build one from files.")
        how = f"{add} added, {how}"
    else:
        sources = ", ".join(f"{limit or 'all'} of {path.name}" for path in files or ())
        how = f"disputatio profile over {sources}; {how}"
    target = out or DATA / "profiles" / f"{roster.pool.name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    notebook = Notebook(target.with_suffix(".notebook.jsonl"), f"{how}; {_digest(roster, questions, add)}")
    profiling = Profiling(notebook)
    with (
        models.engine(Roster(roster.pool), profiling.record) as engine,
        ProfilingBars(stderr) as bars,
    ):
        require_weights(roster.pool, pool, engine.runtime_name)
        if add and roster.profile:
            built = profiling.extend(engine, roster.profile, add, seed, how, bars.show)
        else:
            built = profiling.build(engine, questions, seed, how, bars.show)
    target.write_text(built.model_dump_json(indent=1) + "\n", "utf-8")
    notebook.path.unlink(missing_ok=True)
    tell(
        f"Profile of {len(built.questions)} questions, {len(built.skills())} skills and {len(built.tests)} "
        f"aggregator tests: {target}"
    )


def _digest(roster: Roster, questions: Sequence[Question], add: str | None) -> str:
    """Of the pool, the questions and, where it is added to, the profile: what a notebook must be of."""
    known = roster.profile.model_dump_json() if add and roster.profile else ""
    asked = json.dumps([asdict(question) for question in questions])
    return hashlib.sha256(f"{roster.pool.model_dump_json()}\n{known}\n{asked}".encode()).hexdigest()[:16]
