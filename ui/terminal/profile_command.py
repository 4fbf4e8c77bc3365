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
from ui.terminal.file_output import write
from ui.terminal.options import (
    DATA,
    SEED,
    MemoryOption,
    PoolOption,
    ProfileOption,
    RuntimeOption,
    ServerOption,
)
from ui.terminal.profiling import ProfilingBars, shortcomings
from ui.terminal.wiring import Models, pools, require_weights, stderr, tell


def profile(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of validation questions.")] = None,
    add: Annotated[
        str | None, typer.Option(help="An expert to add to the pool's profile; only it is asked.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Questions drawn of each file.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the profile goes.")] = None,
    seed: Annotated[int, SEED] = 0,
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
    if files and not questions:
        raise UserError("The files have no question to profile the pool with: name others.")
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
    notebook = _notebook(target, f"{how}; {_digest(roster, questions, add)}")
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
    unfinished = target.with_suffix(".unfinished")
    write([built.model_dump_json(indent=1), "\n"], unfinished)
    unfinished.replace(target)
    tell(
        f"Profile of {len(built.questions)} questions, {len(built.skills())} skills and {len(built.tests)} "
        f"aggregator tests: {target}"
    )
    for sentence in shortcomings(built, profiling.missing, roster.pool, added=add):
        tell(sentence)
    if all(missing.lasting for missing in profiling.missing):
        notebook.path.unlink(missing_ok=True)
    else:
        tell("The same command asks again for what is missing, and for nothing else.")


def _notebook(target: Path, of: str) -> Notebook:
    """The notebook beside the profile that is to be made. Raises UserError where neither can be written."""
    if target.is_dir():
        raise UserError(f"{target} is a folder: name a file with --out.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Notebook(target.with_suffix(".notebook.jsonl"), of)
    except OSError as error:
        raise UserError(
            f"{target} cannot be written ({error.strerror}): name another file with --out."
        ) from error


def _digest(roster: Roster, questions: Sequence[Question], add: str | None) -> str:
    """Of the pool and all that is asked of it: what a notebook must be of."""
    profiled, tests = (roster.profile.questions, roster.profile.tests) if add and roster.profile else ((), ())
    asked = {
        "pool": roster.pool.model_dump(mode="json"),
        "questions": [asdict(question) for question in questions],
        "profiled": [question.model_dump(mode="json", exclude={"right"}) for question in profiled],
        "tests": [test.chains for test in tests],
    }
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]
