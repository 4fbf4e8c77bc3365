"""Runs as a log of Inspect (the evaluation framework of the UK AI Security Institute)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import UserError
from storage.annotations.annotations import Annotations
from storage.exports.extras import extra
from storage.exports.told_run import ToldRun
from storage.traces import Traces

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog, EvalSample

ENDINGS = (".eval", ".json")


def write_inspect_log(traces: Traces, annotations: Annotations, run_ids: Iterable[str], path: Path) -> None:
    """Write runs as one log: a sample for each run, as `storage.exports.inspect_sample` makes them.

    The whole log is in memory meanwhile. Raises UserError where the file cannot be written, has not one of the
    ENDINGS that Inspect knows, or where the extra `inspect` is not installed; UnknownRun.
    """
    with extra("inspect", "A log for Inspect"):
        from inspect_ai.log import write_eval_log

    from storage.exports.inspect_sample import sample

    if path.suffix not in ENDINGS:
        raise UserError(
            f"Inspect reads files that end in {' or '.join(ENDINGS)}: name the file {path.stem}.eval."
        )
    runs = [ToldRun.read(traces, annotations, run) for run in run_ids]
    try:
        write_eval_log(_log(runs, [sample(run) for run in runs]), path)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written ({error.strerror or error}): choose another file."
        ) from error


def _log(runs: list[ToldRun], samples: "list[EvalSample]") -> "EvalLog":
    from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSpec, EvalStats
    from inspect_ai.model import ModelConfig

    experts = {
        expert["name"]: expert.get("model") or expert["name"]
        for run in runs
        for expert in run.run.pool_experts
    }
    created = min(run.times.started for run in runs)
    spec = EvalSpec(
        created=_moment(created).isoformat(),
        task=_shared((run.run.protocol for run in runs), "disputatio"),
        dataset=EvalDataset(
            name=_shared((run.run.source or "" for run in runs), ""),
            samples=len(runs),
            sample_ids=[run.run.id for run in runs],
        ),
        model=f"pool/{_shared((run.run.pool for run in runs), 'several')}",
        model_roles={name: ModelConfig(model=model) for name, model in experts.items()},
        config=EvalConfig(epochs=1),
    )
    ended = max(run.times.ended for run in runs)
    stats = EvalStats(started_at=_moment(created).isoformat(), completed_at=_moment(ended).isoformat())
    log = EvalLog(status="success", eval=spec, stats=stats, samples=samples)
    log.results = _results(runs)
    return log


def _results(runs: list[ToldRun]) -> Any:
    from inspect_ai.log import EvalMetric, EvalResults, EvalScore

    judged = [run.run.correct for run in runs if run.run.correct is not None]
    done = sum(run.run.status == "done" for run in runs)
    scores = []
    if judged:
        accuracy = EvalMetric(name="accuracy", value=sum(judged) / len(judged))
        scores.append(EvalScore(name="correct", scorer="correct", metrics={"accuracy": accuracy}))
    return EvalResults(total_samples=len(runs), completed_samples=done, scores=scores)


def _moment(at: float) -> datetime:
    """A time in Unix seconds as Inspect has it."""
    return datetime.fromtimestamp(at, UTC)


def _shared(names: Iterable[str], otherwise: str) -> str:
    found: Iterator[str] = iter(set(names))
    only = next(found)
    return only if next(found, None) is None else otherwise
