"""The command line over SmolLM2: what it prints, what it records, how it fails."""

import json
from pathlib import Path

import pytest

from command_line import ONE, QUESTION, disputatio


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("record") / "runs.db"


@pytest.fixture(scope="module")
def asked(database: Path) -> tuple[dict, str]:
    """A question asked with --json: the object on stdout, and what stderr said."""
    told = ("--protocol", "disputation", "--k", "1", "--seed", "3", "--json")
    done = disputatio(
        "ask", QUESTION, *told, "--pool", ONE, "--runtime", "openvino", "--database", str(database)
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_json_is_one_object_with_what_the_run_was(asked: tuple[dict, str]) -> None:
    report, _ = asked
    assert {"run", "protocol", "skills", "experts", "calls", "answer", "seconds"} <= set(report)
    assert report["protocol"] == "disputation"
    assert [expert["name"] for expert in report["experts"]] == ["smollm2-135m"]
    calls = {call["name"]: call for call in report["calls"]}
    assert "reason/smollm2-135m/0" in calls
    assert "answer/aggregator" in calls
    for call in report["calls"]:
        assert call["expert"] == "smollm2-135m"
        assert call["text"]
        assert call["tokens"] > 0
        assert call["seconds"] > 0
    assert report["seconds"] > 0


def test_progress_goes_to_stderr(asked: tuple[dict, str]) -> None:
    _, told = asked
    for word in ("recruit", "reason", "answer", "SmolLM2 135M"):
        assert word in told


def test_the_run_is_recorded_found_and_exported(asked: tuple[dict, str], database: Path) -> None:
    report, _ = asked
    listed = disputatio("runs", "--search", "boxes pens", "--database", str(database))
    assert report["run"] in listed.stdout
    assert report["run"] not in disputatio("runs", "--search", "zebra", "--database", str(database)).stdout
    exported = disputatio("export", report["run"], "--database", str(database))
    (line,) = exported.stdout.splitlines()
    record = json.loads(line)
    assert record["id"] == report["run"]
    texts = {call["name"]: call["text"] for call in record["calls"]}
    assert texts == {call["name"]: call["text"] for call in report["calls"]}
    assert record["events"][0]["kind"] == "run_started"
    assert record["events"][-1]["kind"] == "run_finished"


def test_a_run_is_exported_as_a_page(asked: tuple[dict, str], database: Path) -> None:
    report, _ = asked
    exported = disputatio("export", report["run"], "--format", "html", "--database", str(database))
    assert exported.stdout.startswith("<!doctype html>")
    assert report["run"] in exported.stdout
    two = disputatio("export", report["run"], report["run"], "--format", "html", "--database", str(database))
    assert two.returncode == 1
    assert two.stderr == "disputatio: A page shows one run: export each run to a file of its own.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "", "--pool", ONE), "The question is empty"),
        (("ask", "Why?", "--choice", "one", "--pool", ONE), "2 to 26 choices"),
        (("ask", "Why?", "--protocol", "debate", "--pool", ONE), "No protocol 'debate'"),
        (("ask", "Why?", "--k", "0", "--pool", ONE), "Setting k"),
        (("ask", "Why?", "--setting", "k", "--pool", ONE), "NAME=VALUE"),
        (("ask", "Why?", "--pool", "no-such-pool"), "No pool 'no-such-pool'"),
        (("ask", "Why?", "--pool", ONE, "--runtime", "abacus"), "abacus"),
        (("ask", "Why?", "--pool", ONE, "--runtime", "openai"), "--server"),
        (("ask", "Why?", "--pool", ONE, "--document", "/no/such/file"), "/no/such/file"),
        (("ask", "Why?", "--pool", ONE, "--database", "/dev/null/runs.db"), "/dev/null"),
        (("ask", "Why?", "--pool", ONE, "--memory", "0.1"), "memory"),
        (("export", "no-such-run"), "no-such-run"),
        (("profile", "/no/such/questions.jsonl", "--pool", ONE), "/no/such/questions.jsonl"),
        (("pull", "--pool", "no-such-pool"), "No pool"),
    ],
)
def test_what_a_person_can_mend_is_one_line_on_stderr_and_status_1(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    database = (
        () if arguments[0] in ("profile", "pull") or "--database" in arguments else ("--database", "runs.db")
    )
    given = [str(tmp_path / word) if word == "runs.db" else word for word in (*arguments, *database)]
    done = disputatio(*given)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("disputatio: ")
    assert said in last
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_weights_that_are_not_here_say_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPUTATIO_CACHE", str(tmp_path / "empty"))
    done = disputatio("ask", "Why?", "--pool", ONE, "--database", str(tmp_path / "runs.db"))
    assert done.returncode == 1
    assert "disputatio pull" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_weights_that_a_server_does_not_have_are_fetched_without_it() -> None:
    done = disputatio("pull", "--pool", ONE, "--runtime", "openai")
    assert done.returncode == 0, done.stderr
    assert "is ready" in done.stderr


def test_a_setting_that_there_is_not_says_which_there_are(tmp_path: Path) -> None:
    asked = ("ask", "Why?", "--pool", ONE, "--setting", "round=2", "--database", str(tmp_path / "runs.db"))
    done = disputatio(*asked)
    assert "Disputation has no setting 'round': it has k, recruit, critique," in done.stderr
