"""Runs to annotate: recorded critiques whose texts have emoji, formulas and line breaks in them."""

from dataclasses import replace

from stage import ScriptedStage
from storage_events import call_finished, call_queued, recruited, run_finished, run_started

EXPERTS = [{"name": "sage", "title": "Sage 7B"}, {"name": "oracle", "title": "Oracle 13B"}]
ANSWER = "First 8 * 9 = 72 😀.\nThen $x^2 + 1$ is added 👨‍👩‍👧, so it is 71."
CRITIQUE = "The 😀 step adds $x^2 + 1$ where it should not. It says nothing of the jars.\nVerdict: wrong"


def criticised(
    stage: ScriptedStage,
    run: str = "criticised",
    *,
    critiques: int = 1,
    answer: str = ANSWER,
    critique: str = CRITIQUE,
    question: str = "How many jars?",
) -> None:
    """Record a run in which the oracle criticises the sage's answer, so many times."""
    tell = stage.recorder.record
    tell(run_started(run, question, at=1_000.0, experts=EXPERTS))
    tell(recruited(run, "sage", "oracle"))
    tell(call_queued(run, "reason/sage", "sage"))
    tell(call_finished(run, "reason/sage", answer))
    for number in range(critiques):
        name = f"critique/oracle/{number}"
        tell(replace(call_queued(run, name, "oracle", target="reason/sage"), step="critique"))
        tell(call_finished(run, name, critique if critiques == 1 else f"{number + 1}. {critique}"))
    tell(run_finished(run, "71", at=1_009.0, correct=False))
    stage.recorder.flush()
