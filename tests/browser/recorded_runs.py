"""Runs put into the record without an engine, so that their dates, pools and answers can be chosen."""

from stage import ScriptedStage
from storage_events import recruited, run_finished, run_started

DAY = 86_400.0
OTHER_POOL = [{"name": "sage", "title": "Sage 7B"}, {"name": "oracle", "title": "Oracle 13B"}]


def record(
    stage: ScriptedStage,
    run: str,
    question: str,
    *,
    at: float,
    answer: str | None = "yes",
    correct: bool | None = None,
    outcome: str = "done",
    protocol: str = "disputation",
) -> None:
    """Record a run of a pool that is not in use; `at` in Unix seconds."""
    stage.recorder.record(
        run_started(run, question, at=at, pool="elders", protocol=protocol, experts=OTHER_POOL)
    )
    stage.recorder.record(recruited(run, "oracle", at=at))
    stage.recorder.record(run_finished(run, answer, at=at + 9, correct=correct, outcome=outcome, text=answer))
    stage.recorder.flush()
