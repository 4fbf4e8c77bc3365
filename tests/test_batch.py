"""A batch on the command line over SmolLM2: killed and started again, it goes on and asks nothing twice."""

import json
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest

from command_line import ONE, PROJECT, disputatio, marked, start
from storage.database import Database
from storage.traces import Traces

SECONDS_TO_BEGIN = 300
QUESTIONS = [
    {
        "id": f"q{n}",
        "kind": "math",
        "question": f"A box holds {n} pens. How many do 3 boxes hold?",
        "answer": 3 * n,
    }
    for n in range(2, 8)
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "boxes.jsonl"
    lines = (json.dumps({**question, "answer": str(question["answer"])}) for question in QUESTIONS)
    path.write_text("\n".join(lines))
    return path


def finished_calls(database: Path) -> Counter[tuple[str, str]]:
    """How often each call of each run was answered."""
    if not database.exists():
        return Counter()
    opened = Database(database)
    traces = Traces(opened)
    found = Counter(
        (run.id, event["call"])
        for run in traces.page().runs
        for event in traces.events(run.id)
        if event["kind"] == "call_finished"
    )
    opened.close()
    return found


def test_a_killed_batch_goes_on_and_asks_nothing_twice(questions: Path, tmp_path: Path) -> None:
    database, marker = tmp_path / "runs.db", uuid.uuid4().hex
    told = ("batch", str(questions), "--protocol", "symbolic-moe", "--k", "1")
    told = (
        *told,
        "--pool",
        ONE,
        "--runtime",
        "openvino",
        "--database",
        str(database),
        "--out",
        str(tmp_path / "out"),
        "--json",
    )
    killed = start(*told, marker=marker, log=tmp_path / "log")
    began = time.monotonic()
    while not any(call.startswith("reason/") for _, call in finished_calls(database)):
        assert killed.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() - began < SECONDS_TO_BEGIN, (tmp_path / "log").read_text()
        time.sleep(0.05)
    killed.kill()
    killed.wait()
    while marked(marker):
        time.sleep(0.1)
    before = finished_calls(database)

    again = disputatio(*told)
    assert again.returncode == 0, again.stderr
    results = json.loads(again.stdout)
    assert results["figures"]["done"] == len(QUESTIONS)
    assert results["batch"]["status"] == "done"
    # Once in each sitting; what the killed one used is known as far as it was added by then.
    assert results["batch"]["usage"]["loads"]["smollm2-135m"] in (1, 2)
    after = finished_calls(database)
    assert set(before) < set(after)
    assert set(after.values()) == {1}
    assert len({run for run, _ in after}) == len(QUESTIONS)
    assert json.loads((tmp_path / "out" / "results.json").read_text()) == results
    assert len((tmp_path / "out" / "runs.jsonl").read_text().splitlines()) == len(QUESTIONS)

    third = disputatio(*told)
    assert json.loads(third.stdout) == results
    assert finished_calls(database) == after


def test_a_batch_from_a_table_prints_how_it_went(tmp_path: Path) -> None:
    table = tmp_path / "boxes.csv"
    table.write_text(
        'id,kind,question,choices,answer\nq1,choice,"Which is first, A or B?",A letter|Another,A\n'
    )
    told = ("--protocol", "self-consistency", "--k", "2", "--pool", ONE, "--runtime", "openvino")
    done = disputatio("batch", str(table), *told, "--database", str(tmp_path / "runs.db"))
    assert done.returncode == 0, done.stderr
    for words in (
        "1 of 1 done",
        "accuracy",
        "95% interval",
        "calls a question",
        "tokens a question",
        "loads",
    ):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ['{"id": "a", "question": "1+1?"}', '{"id": "a", "question": "2+2?"}'],
            "two questions have the id 'a'",
        ),
        (["nonsense"], "line 1"),
    ],
)
def test_a_file_that_is_not_right_is_refused_in_one_sentence(
    lines: list[str], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n".join(lines))
    refused = disputatio("batch", str(path), "--database", str(tmp_path / "runs.db"))
    assert refused.returncode == 1
    assert said in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_question_that_only_has_the_name_of_a_profiled_one_stays_and_needs_what_its_protocol_needs(
    tmp_path: Path,
) -> None:
    profile = json.loads((PROJECT / "assets/profiles/pocket.json").read_text("utf-8"))
    named = profile["questions"][0]["id"]
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps({"id": named, "question": "How many?"}) + "\n", "utf-8")
    asked = ("batch", str(path), "--held-out", "--protocol", "mamm-refine")
    refused = disputatio(*asked, "--database", str(tmp_path / "runs.db"))
    assert refused.returncode == 1
    assert f"Question {named}: MAMM-Refine checks a text against its document: give" in refused.stderr


def test_questions_of_the_profile_can_be_left_out(tmp_path: Path) -> None:
    profile = json.loads((PROJECT / "assets/profiles/pocket.json").read_text("utf-8"))
    known = next(question for question in profile["questions"] if question["kind"] == "math")
    asked = {"id": "under-another-name", "question": known["question"], "answer": "3", "kind": "math"}
    path = tmp_path / "known.jsonl"
    path.write_text(json.dumps(asked) + "\n", "utf-8")
    refused = disputatio("batch", str(path), "--held-out", "--database", str(tmp_path / "runs.db"))
    assert refused.returncode == 1
    assert (
        refused.stderr
        == "disputatio: No question is left to ask: with --held-out none of them may be in the pool's profile.\n"
    )
