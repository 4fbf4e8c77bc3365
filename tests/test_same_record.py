"""One question on every runtime leaves the same shape of record: OpenVINO, vLLM, transformers, a real vLLM server."""

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import ONE, QUESTION, disputatio
from vllm_server import KEY, vllm_server

TOLD = ("--protocol", "symbolic-moe", "--k", "2", "--seed", "5", "--json", "--pool", ONE)


def shape(value: Any) -> Any:
    """The value's structure: names and types, without what differs between two answers."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number" if isinstance(value, int | float) else type(value).__name__


def ask(database: Path, *arguments: str) -> dict[str, Any]:
    done = disputatio("ask", QUESTION, *TOLD, *arguments, "--database", str(database))
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return ask(tmp_path_factory.mktemp("reference") / "runs.db", "--runtime", "openvino")


def same_shape(report: dict[str, Any], reference: dict[str, Any]) -> None:
    free = {"answer", "correct", "skills", "text"}  # a model may find no skill and no answer
    assert set(report) == set(reference)
    for name in set(report) - free - {"calls"}:
        assert shape(report[name]) == shape(reference[name]), name
    assert [call["name"] for call in report["calls"]] == [call["name"] for call in reference["calls"]]
    for call in report["calls"]:
        assert call["status"] == "done"
        assert call["text"].strip()
        assert call["tokens"] > 0
        assert call["seconds"] > 0


@pytest.mark.parametrize("runtime", ["vllm", "transformers"])
def test_a_local_runtime_leaves_the_same_shape_of_record(
    runtime: str, reference: dict[str, Any], tmp_path: Path
) -> None:
    report = ask(tmp_path / "runs.db", "--runtime", runtime)
    assert report["runtime"] == runtime
    same_shape(report, reference)


def test_a_vllm_server_leaves_the_same_shape_of_record(
    reference: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with vllm_server(tmp_path / "log") as (_, address):
        report = ask(tmp_path / "runs.db", "--runtime", "openai", "--server", address)
    assert report["runtime"] == "openai"
    same_shape(report, reference)
