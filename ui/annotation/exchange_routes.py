"""Annotations that leave as files and come back, as the page's JavaScript asks for it."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from storage.annotation_files.files import Format, read, written
from storage.annotations.annotations import Annotations
from storage.database import Database
from storage.imports.annotations import import_annotations
from storage.traces import Traces
from ui.accounts.person import Person, require

MOST_BYTES = 256 << 20
IN_MEMORY_BYTES = 4 << 20

_MEDIA: dict[str, str] = {"jsonl": "application/x-ndjson", "csv": "text/csv", "dpo": "application/x-ndjson"}

Owner = Annotated[Person, Depends(require("owner"))]


def exchange_routes(database: Database, traces: Traces, annotations: Annotations) -> APIRouter:
    """Routes under `/annotation`, for the owner alone: files have every name and every text in them."""
    router = APIRouter(prefix="/annotation")

    @router.get("/queues/{queue}/export")
    def exported(queue: str, _who: Owner, format: Format = "jsonl", voted: bool = False) -> StreamingResponse:
        """The queue's finished annotations, or the preference pairs of its runs (dpo), to save.

        `voted` adds pairs that experts decided by vote.
        """
        title = annotations.queue(queue).title
        parts: Iterator[str] = written(traces, annotations, queue, format, voted=voted)
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", title).strip("-")[:60] or "queue"
        ending = "csv" if format == "csv" else "jsonl"
        name = f"disputatio-{plain}-{'preferences' if format == 'dpo' else 'annotations'}.{ending}"
        saved = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(parts, media_type=_MEDIA[format], headers=saved)

    @router.post("/import")
    async def imported(request: Request, _who: Owner) -> dict[str, Any]:
        """Take annotations from a file, which is the body: CSV where its type says so, else JSON Lines.

        How many were taken, were there already and were left out, and the first reasons why.
        """
        form: Literal["csv", "jsonl"] = "csv" if "csv" in request.headers.get("content-type", "") else "jsonl"
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as file:
            size = 0
            async for part in request.stream():
                size += len(part)
                if size > MOST_BYTES:
                    raise HTTPException(413, f"The file has more than {MOST_BYTES >> 20} MiB: divide it.")
                file.write(part)
            file.seek(0)
            # Bytes that are no text are told as lines that are no JSON.
            text = TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
            came = await run_in_threadpool(import_annotations, database, read(text, form))
        return asdict(came)

    return router
