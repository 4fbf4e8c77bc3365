"""`disputatio batch` from its arguments to its last word, over the scripted runtime."""

import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

import app
from command_line import ONE
from engine.batch import Plan
from engine.errors import CallFailed, UserError
from engine.pool import Expert
from engine.protocols import find_protocol
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from scripted import ScriptedRuntime
from small_pool import pool
from storage.batches import Batches
from storage.database import Database
from storage.errors import BatchTaken
from ui.terminal import batching

QUESTIONS = [{"id": f"q{n}", "kind": "math", "question": f"{n} + 1?", "answer": str(n + 1)} for n in (2, 3)]
ANSWER = "It is \\boxed{3}"


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    out: str
    err: str
    status: int


Command = Callable[..., Said]


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> ScriptedRuntime:
    """What the command's experts run on; their weights are here."""
    runtime = ScriptedRuntime(lambda *_: ANSWER)
    monkeypatch.setattr("ui.terminal.wiring.choose", lambda *_: runtime)
    monkeypatch.setattr("ui.terminal.wiring.missing", lambda *_: ())
    return runtime


@pytest.fixture
def batch(
    runtime: ScriptedRuntime,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Command]:
    """The command over two questions: 2 + 1, which is answered rightly, and 3 + 1, which is not."""
    file = tmp_path / "sums.jsonl"
    file.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS))
    told = (
        "--protocol",
        "self-consistency",
        "--k",
        "1",
        "--pool",
        ONE,
        "--database",
        str(tmp_path / "runs.db"),
    )
    before = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, signal.SIGTERM)}

    def run(*arguments: str, files: Sequence[Path] = (file,)) -> Said:
        monkeypatch.setattr(sys, "argv", ["disputatio", "batch", *map(str, files), *told, *arguments])
        with pytest.raises(SystemExit) as ended:
            app.main()
        said = capsys.readouterr()
        return Said(said.out, " ".join(said.err.split()), int(ended.value.code or 0))

    yield run
    for ending, handler in before.items():
        signal.signal(ending, handler)


def test_a_batch_that_is_done_is_not_asked_again_and_says_so(
    batch: Command, runtime: ScriptedRuntime
) -> None:
    first = batch("--json")
    assert first.status == 0
    assert "nothing was asked" not in first.err
    assert len(runtime.calls) == 2
    again = batch("--json")
    assert (again.status, again.out) == (0, first.out)
    id = json.loads(first.out)["batch"]["id"]
    assert f"This is batch {id}, which was done on " in again.err
    assert "nothing was asked now" in again.err
    assert len(runtime.calls) == 2


def test_questions_whose_runs_failed_are_asked_anew_where_it_is_said(
    batch: Command, runtime: ScriptedRuntime
) -> None:
    def fails(_expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
        return CallFailed("It broke.") if "3 + 1" in messages[-1].content else ANSWER

    runtime.script = fails
    assert "with --retry-failed their questions are asked anew" in batch("--json").err
    runtime.script = lambda *_: ANSWER
    asked = len(runtime.calls)
    assert json.loads(batch("--json").out)["figures"]["failed"] == 1
    assert len(runtime.calls) == asked
    figures = json.loads(batch("--json", "--retry-failed").out)["figures"]
    assert (figures["done"], figures["failed"]) == (2, 0)
    ((_, messages, _),) = runtime.calls[asked:]
    assert "3 + 1" in messages[-1].content
    assert "nothing was asked now" in batch("--json", "--retry-failed").err


def test_an_out_folder_that_cannot_be_is_refused_before_anything_is_asked(
    batch: Command, runtime: ScriptedRuntime, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("A file in its place.")
    refused = batch("--out", str(tmp_path / "out"))
    assert refused.status == 1
    assert refused.err.startswith(f"disputatio: {tmp_path / 'out'} cannot be written (")
    assert refused.err.endswith("name another folder with --out.")
    assert not runtime.calls


def test_results_that_cannot_be_written_are_in_the_record(
    batch: Command, runtime: ScriptedRuntime, tmp_path: Path
) -> None:
    full, out = tmp_path / "full", tmp_path / "out"
    full.mkdir()
    (full / "results.json").symlink_to("/dev/full")
    failed = batch("--out", str(full), "--json")
    assert failed.status == 1
    assert json.loads(failed.out)["figures"]["done"] == 2
    assert f"cannot be written into {full} (No space left on device)" in failed.err
    assert "the same command with another --out writes them" in failed.err
    assert batch("--out", str(out), "--json").status == 0
    assert len(runtime.calls) == 2
    assert json.loads((out / "results.json").read_text()) == json.loads(failed.out)
    assert len((out / "runs.jsonl").read_text().splitlines()) == 2


def test_an_empty_file_is_named(batch: Command, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n")
    refused = batch(files=(empty,))
    assert refused == (
        "",
        f"disputatio: Question file {empty} is empty: put questions into it, or leave it out.",
        1,
    )


def test_a_seed_of_more_than_64_bits_is_refused(batch: Command) -> None:
    refused = batch("--seed", str(2**63))
    assert refused.status == 2
    assert "--seed" in refused.err
    assert CliRunner().invoke(app.cli, ["ask", "Why?", "--seed", str(-(2**63) - 1)]).exit_code == 2
    assert batch("--seed", str(2**63 - 1)).status == 0


def test_another_server_is_another_batch(batch: Command, runtime: ScriptedRuntime) -> None:
    def ids(*servers: str) -> list[str]:
        return [json.loads(batch("--server", server, "--json").out)["batch"]["id"] for server in servers]

    here, also_here = ids("http://a:8000", "http://b:8000")
    assert here == also_here
    assert len(runtime.calls) == 2
    runtime.name = "openai"
    first, other, again = ids("http://a:8000", "http://b:8000", "http://a:8000/")
    assert first == again
    assert len({here, first, other}) == 3
    assert len(runtime.calls) == 6


@pytest.mark.parametrize(("runtime", "differs"), [("openvino", False), ("openai", True)])
def test_the_server_is_part_of_what_a_batch_is_where_it_answers(runtime: str, differs: bool) -> None:
    protocol = find_protocol("self-consistency")
    asked = (Question("2 + 1?", id="q2"),), protocol, {"k": 1}, Roster(pool("ann")), runtime, 0
    assert (Plan(*asked).key != Plan(*asked, "http://a:8000").key) is differs


def by_quality(**quality: float) -> Plan:
    protocol = find_protocol("disputation")
    settings = protocol.read_settings({"critics": "by quality"}).model_dump(mode="json")
    roster = Roster(pool("ann", "bob"), critic_quality=quality)
    return Plan((Question("2 + 1?", id="q2"),), protocol, settings, roster, "openvino", 0)


def test_a_batch_goes_on_with_the_critics_quality_it_was_begun_with(batches: Batches) -> None:
    with batching.begun(batches, by_quality(ann=0.1 + 0.2), "sums") as first:
        pass
    with batching.begun(batches, by_quality(ann=0.75), "sums") as again:
        assert again.id == first.id
        assert again.plan.roster.critic_quality == {"ann": 0.1 + 0.2}
    batches.finish(first.id)
    with batching.begun(batches, by_quality(ann=0.75), "sums") as anew:
        assert anew.id != first.id
        assert anew.plan.roster.critic_quality == {"ann": 0.75}


def test_a_batch_that_another_process_has_begun_is_left_to_it(batches: Batches, database: Database) -> None:
    plan, others = by_quality(), Batches(database)
    with (
        batching.begun(batches, plan, "sums"),
        pytest.raises(BatchTaken),
        batching.begun(others, plan, "sums"),
    ):
        pytest.fail("both would ask everything")
    with batching.begun(others, plan, "sums") as begun:
        assert batching.left(begun, others) == list(plan.questions)


def test_what_the_engine_logs_does_not_stand_among_the_results(
    batch: Command, runtime: ScriptedRuntime
) -> None:
    def broken(*_: object) -> str:
        raise ValueError("a defect of ours")

    runtime.script = broken
    said = batch("--json")
    assert json.loads(said.out)["figures"]["failed"] == 2
    assert "a defect of ours" in said.err


def test_a_batch_that_is_refused_for_want_of_weights_leaves_nothing_behind(
    batch: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ui.terminal.wiring.missing", lambda pool, _: pool.experts)
    assert batch().status == 1
    database = Database(tmp_path / "runs.db")
    assert Batches(database).page() == []
    database.close()
    monkeypatch.setattr("ui.terminal.wiring.missing", lambda *_: ())
    assert batch().status == 0
    monkeypatch.setattr("ui.terminal.wiring.missing", lambda pool, _: pool.experts)
    assert batch("--seed", "2").status == 1
    database = Database(tmp_path / "runs.db")
    assert len(Batches(database).page()) == 1
    database.close()
