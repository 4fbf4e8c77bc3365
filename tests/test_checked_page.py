"""What is read of a checked text outside the application: the exported page, and the rewrite's changes by its route."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from engine_stage import Stage
from faithful_run import CHECKED, MENDED, SENTENCES, checkers
from small_pool import pool
from storage.recorder import Recorder
from storage.traces import Traces
from test_page_export import Document
from ui.accounts.person import ALONE, person
from ui.page_export import page
from ui.record import record_routes


@pytest.fixture
def checked(recorder: Recorder) -> Iterator[str]:
    """The id of a recorded run that checked a text."""
    stage = Stage(checkers, pool("ann", "bob", "cyd"), None)
    stage.run("mamm-refine", CHECKED)
    for event in stage.seen:
        recorder.record(event)
    recorder.flush()
    yield stage.finished.run
    stage.engine.close()


def test_the_page_marks_what_is_wrong_with_its_votes_and_shows_the_rewrite(
    checked: str, traces: Traces
) -> None:
    found = Document(page(traces, checked))
    marked = [attrs for _, attrs in found.found if attrs.get("class") == "marked-sentence"]
    assert [one["data-standing"] for one in marked] == ["faithful", "unfaithful", "faithful"]
    assert found.inside("marked-text") == " ".join(SENTENCES)
    assert "Does not follow from the document: all agree in the first round" in found.inside("sentence-votes")
    assert found.inside("error-span") == "51 metres"
    assert f"Suggested: {MENDED}" in found.text
    assert [text for text, within in found.texts if within and within[-1][0] == "del"] == [" 51"]
    assert [text for text, within in found.texts if within and within[-1][0] == "ins"] == [" 38"]
    assert f"sentence 2 {MENDED}" in found.inside("rewritten-sentences")
    assert "{" not in found.inside("panels")


def test_the_rewrites_changes_can_be_read(checked: str, recorder: Recorder, traces: Traces) -> None:
    application = FastAPI()
    application.dependency_overrides[person] = lambda: ALONE
    application.include_router(record_routes(recorder, traces))
    client = TestClient(application)
    changed = client.get(f"/record/runs/{checked}/rewrite").json()
    assert {"operation": "removed", "text": " 51"} in changed
    assert {"operation": "added", "text": " 38"} in changed
