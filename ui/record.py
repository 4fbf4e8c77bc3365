"""The record as the pages' JavaScript reads it: plain GET requests that hold nothing open.

Following a run is asking for its events after the last one seen. Any number of tabs may, a lost connection loses
nothing, and a run never lives in a request.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from storage.errors import UnknownRun
from storage.exports.jsonl import export
from storage.filters import UNLISTED
from storage.recorder import Recorder
from storage.traces import Traces
from ui.accounts.person import Person, person
from ui.accounts.withheld import withheld
from ui.changes import changes
from ui.markup import rendered
from ui.page_export import page

RENDERED_TEXTS = 256
"""How many texts are kept rendered: one long run's."""


def record_routes(recorder: Recorder, traces: Traces) -> APIRouter:
    """Routes under `/record`. What is not there is answered 404 with a sentence."""
    router = APIRouter(prefix="/record", dependencies=[Depends(withheld(traces))])
    rendered_once = lru_cache(RENDERED_TEXTS)(rendered)

    @router.get("/runs")
    def runs(
        text: str = "",
        status: str = "",
        protocol: str = "",
        pool: str = "",
        expert: str = "",
        since: float | None = None,
        until: float | None = None,
        correct: Literal["", "right", "wrong", "unknown", "judged"] = "",
        tag: str = "",
        noted: bool = False,
        batch: str = "",
        source: str = "",
        category: str = "",
        without: Literal["", "answer", "source", "category"] = "",
        right_by: str = "",
        wrong_by: str = "",
        before: Annotated[int | None, Query(ge=0)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> JSONResponse:
        """One page of runs, newest first, and where the next one begins. Times are Unix seconds."""
        found = traces.page(
            text,
            status=status,
            protocol=protocol,
            pool=pool,
            expert=expert,
            since=since,
            until=until,
            correct=correct,
            tag=tag,
            noted=noted,
            batch=batch,
            source=source,
            category=category,
            without=without,
            right_by=right_by,
            wrong_by=wrong_by,
            before=None if before is None else str(before),
            limit=limit,
        )
        return JSONResponse({"runs": [asdict(run) for run in found.runs], "next": found.next})

    @router.get("/facets")
    def facets(who: Annotated[Person, Depends(person)]) -> dict[str, Any]:
        """What runs can be filtered by; protocols whose runs only owners see are theirs alone to see as well."""
        found = asdict(traces.facets())
        if not who.may("owner"):
            found["protocols"] = [name for name in found["protocols"] if name not in UNLISTED]
        return found

    @router.get("/runs/{run}")
    def follow(run: str, after: Annotated[int, Query(ge=0)] = 0, whole: bool = False) -> JSONResponse:
        """The run's status, its events after `after`, and what keeps the recorder from recording, if anything.

        The status is read first: when it says that the run is over, the events are all there are. `whole` keeps
        every delta with its time. What models were told is left out: a page does not show it, and it is most of
        a long run.
        """
        status = traces.status(run)
        if status is None:
            raise UnknownRun(run)
        events = traces.events(run, after, whole=whole)
        for event in events:
            event.pop("messages", None)
        return JSONResponse({"status": status, "events": events, "problem": recorder.problem})

    @router.get("/runs/{run}/changes")
    def changed(run: str, before: str, after: str) -> list[dict[str, str]]:
        """What changed from the text of call `before` to the text of call `after`."""
        texts = traces.texts(run, (before, after))
        for call in (before, after):
            if call not in texts:
                raise HTTPException(404, f"The run has no finished call {call!r}.")
        return [asdict(change) for change in changes(texts[before], texts[after])]

    @router.get("/runs/{run}/rewrite")
    def rewritten(run: str) -> list[dict[str, str]]:
        """What changed from the text that the run checked to the one it made of it."""
        if traces.status(run) is None:
            raise UnknownRun(run)
        texts = {event["kind"]: event["text"] for event in traces.events(run) if "text" in event}
        if "text_rewritten" not in texts:
            raise HTTPException(404, "The run has no rewritten text.")
        return [asdict(change) for change in changes(texts["text_split"], texts["text_rewritten"])]

    @router.get("/runs/{run}/rendered")
    def rendered_calls(run: str, call: Annotated[list[str], Query(min_length=1)]) -> dict[str, str]:
        """The texts of those of the calls that have finished, as sanitised HTML by the call's name."""
        if traces.status(run) is None:
            raise UnknownRun(run)
        return {name: rendered_once(text) for name, text in traces.texts(run, call).items()}

    @router.get("/runs/{run}/page")
    def own_page(run: str) -> HTMLResponse:
        """The run as a page of its own, to save."""
        return HTMLResponse(page(traces, run), headers=_saved_as(run, "html"))

    @router.get("/export")
    def exported(run: Annotated[list[str], Query(min_length=1)]) -> StreamingResponse:
        """The runs as JSON Lines, to save."""
        for asked in run:
            if traces.status(asked) is None:
                raise UnknownRun(asked)
        lines: Iterator[str] = (f"{line}\n" for line in export(traces, run))
        name = run[0] if len(run) == 1 else "runs"
        return StreamingResponse(lines, media_type="application/x-ndjson", headers=_saved_as(name, "jsonl"))

    return router


def _saved_as(name: str, ending: str) -> dict[str, str]:
    plain = re.sub(r"[^A-Za-z0-9_-]", "", name) or "run"
    return {"Content-Disposition": f'attachment; filename="disputatio-{plain}.{ending}"'}
