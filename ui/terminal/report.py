"""A recorded run as the one JSON object that `disputatio ask --json` prints."""

from typing import Any

from storage.traces import Traces


def report(traces: Traces, run: str) -> dict[str, Any]:
    """The run from the record: run, protocol, skills, experts, calls, answer and seconds among its keys."""
    record = traces.run(run)
    if record is None:
        raise KeyError(run)
    recruited = next((e for e in traces.events(run) if e["kind"] == "experts_recruited"), None)
    chances = {c["expert"]: c["suitability"] for c in recruited["candidates"]} if recruited else {}
    return {
        "run": record.id,
        "protocol": record.protocol,
        "pool": record.pool,
        "runtime": record.runtime,
        "seed": record.seed,
        "status": record.status,
        "skills": record.skills,
        "experts": [
            {"name": name, "score": chances[name]} for name in (recruited["drawn"] if recruited else [])
        ],
        "calls": [
            {
                "name": call.name,
                "expert": call.expert,
                "status": call.status,
                "text": call.text,
                "tokens": call.tokens,
                "seconds": call.seconds,
                "answer": call.answer,
                "error": call.error,
            }
            for call in traces.calls(run)
        ],
        "answer": record.answer,
        "text": record.text,
        "correct": record.correct,
        "seconds": record.seconds,
    }
