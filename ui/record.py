"""The record as the pages' JavaScript reads it: plain GET requests that hold nothing open.

Following a run is asking for its events after the last one seen. Any number of tabs may, a lost connection loses
nothing, and a run never lives in a request.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import StreamingResponse

from engine.engine import Engine
from storage.export import export
from storage.recorder import Recorder
from storage.traces import Traces
from ui.changes import changes


def record_routes(engine: Engine, recorder: Recorder, traces: Traces) -> APIRouter:
    """Routes under `/record`."""
    router = APIRouter(prefix="/record")

    @router.get("/runs")
    def runs(
        text: str = "",
        status: str | None = None,
        protocol: str | None = None,
        before: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> dict[str, Any]:
        """One page of runs, newest first, and where the next one begins."""
        page = traces.page(
            text, status=status or None, protocol=protocol or None, before=before or None, limit=limit
        )
        return {"runs": [asdict(run) for run in page.runs], "next": page.next}

    @router.get("/runs/{run}")
    def follow(run: str, after: int = 0) -> dict[str, Any]:
        """The run's status, its events after `after`, and what keeps the recorder from recording, if anything.

        The status is read first: when it says that the run is over, the events are all there are.
        """
        status = traces.status(run)
        if status is None:
            raise HTTPException(404, "There is no such run.")
        return {"status": status, "events": traces.events(run, after), "problem": recorder.problem}

    @router.get("/runs/{run}/changes")
    def changed(run: str, before: str, after: str) -> list[dict[str, str]]:
        """What changed from the text of call `before` to the text of call `after`."""
        texts = {
            event["call"]: event["text"] for event in traces.events(run) if event["kind"] == "call_finished"
        }
        for call in (before, after):
            if call not in texts:
                raise HTTPException(404, f"The run has no finished call {call!r}.")
        return [asdict(change) for change in changes(texts[before], texts[after])]

    @router.get("/export")
    def exported(run: Annotated[list[str], Query(min_length=1)]) -> StreamingResponse:
        """The runs as JSON Lines, to save."""
        lines: Iterator[str] = (line.rstrip("\n") + "\n" for line in export(traces, run))
        name = run[0] if len(run) == 1 and run[0].isalnum() else "runs"
        return StreamingResponse(
            lines,
            media_type="application/x-ndjson",
            headers={"Content-Disposition": f'attachment; filename="disputatio-{name}.jsonl"'},
        )

    @router.get("/experts")
    def experts() -> dict[str, Any]:
        """The pool's experts and how they stand right now."""
        states = {state.name: state for state in engine.experts()}
        return {
            "pool": engine.roster.pool.title,
            "runtime": engine.runtime_name,
            "experts": [
                {
                    "name": expert.name,
                    "title": expert.title,
                    "model": expert.model,
                    "parameters": expert.parameters,
                    **(
                        {"state": state.state, "share": state.share, "message": state.message}
                        if state
                        else {}
                    ),
                }
                for expert in engine.roster.pool.experts
                for state in [states.get(expert.name)]
            ],
        }

    return router
