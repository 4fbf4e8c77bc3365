"""Profiles of questions that are about a document."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.profile import SHIPPED_PROFILES, Profile
from engine.question import Question
from profiling_sittings import Begin, pupils, sittings
from scripted import ScriptedRuntime
from small_pool import pool


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Begin]:
    with sittings(tmp_path) as begin:
        yield begin


def test_a_document_and_a_draft_are_asked_with_their_question(sit: Begin) -> None:
    question = Question("Is it so?", document="The sky is grey.", draft="It is blue.", gold="No", id="sky")
    known = sit(ScriptedRuntime(pupils), pool("ann"), "known")
    profile = known.build([question])
    added = sit(ScriptedRuntime(pupils))
    added.extend(Profile.model_validate_json(profile.model_dump_json()))
    for sitting in (known, added):
        (prompt,) = (
            messages[-1].content
            for _, messages, _ in sitting.runtime.calls
            if "Keywords:" not in messages[-1].content
        )
        assert "The sky is grey." in prompt
        assert "It is blue." in prompt


def test_a_profile_without_documents_is_written_as_before_there_were_any() -> None:
    written = json.loads((SHIPPED_PROFILES / "pocket.json").read_text("utf-8"))
    assert Profile.model_validate(written).model_dump(mode="json") == written
