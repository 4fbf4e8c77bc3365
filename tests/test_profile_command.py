"""`disputatio profile`: what it refuses before it begins, what it says at the end, and what it leaves behind."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.catalogue import Catalogue
from engine.errors import CallFailed, UserError
from engine.pool import Pool
from engine.profile import Profile
from profiling_sittings import ANN_AND_BOB, pupils, without
from scripted import ScriptedRuntime
from small_pool import pool
from ui.terminal import profile_command, wiring

Command = Callable[..., list[str]]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "sums.jsonl"
    lines = ({"id": f"q{n}", "question": f"What is 1 + {n}?", "answer": str(1 + n)} for n in (1, 2))
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command over a scripted runtime, and gives what it tells the person."""
    told: list[str] = []
    monkeypatch.setattr(profile_command, "tell", told.append)
    monkeypatch.setattr(profile_command, "require_weights", lambda *_: None)

    def run(runtime: ScriptedRuntime, *files: Path, of: Pool = ANN_AND_BOB, **options: object) -> list[str]:
        monkeypatch.setattr(wiring, "choose", lambda *_: runtime)
        monkeypatch.setattr(
            profile_command, "pools", lambda _, profile: Catalogue(tmp_path / "data", of, profile)
        )
        told.clear()
        options.setdefault("out", tmp_path / "profile.json")
        profile_command.profile(list(files), **options)  # type: ignore[arg-type]
        return list(told)

    return run


def test_what_is_missing_is_said_and_the_same_command_asks_for_it(
    command: Command, questions: Path, tmp_path: Path
) -> None:
    broken = without(lambda expert, asked: expert.name == "bob" and "1 + 2" in asked, CallFailed("Broken."))
    told = command(broken, questions)
    assert "Bob: 1 of 2 answers missing. Broken." in told
    assert told[-1] == "The same command asks again for what is missing, and for nothing else."
    assert "bob" not in Profile.read(tmp_path / "profile.json").questions[1].right
    mended = ScriptedRuntime(pupils)
    told = command(mended, questions)
    assert [name for name, _, _ in mended.calls] == ["bob"]
    assert not any("answers missing" in sentence for sentence in told)
    assert Profile.read(tmp_path / "profile.json").questions[1].right["bob"] is True
    assert sorted(path.name for path in tmp_path.glob("profile*")) == ["profile.json"]


def test_what_is_missing_of_an_added_expert_is_asked_for_by_the_same_command(
    command: Command, questions: Path, tmp_path: Path
) -> None:
    target = tmp_path / "data" / "profiles" / "tests.json"
    command(ScriptedRuntime(pupils), questions, of=pool("ann"), out=target)
    broken = without(lambda _, asked: "1 + 2" in asked, CallFailed("Broken."))
    assert "Bob: 1 of 2 answers missing. Broken." in command(broken, add="bob", out=target)
    mended = ScriptedRuntime(pupils)
    told = command(mended, add="bob", out=target)
    assert [name for name, _, _ in mended.calls] == ["bob"]
    assert [one.right["bob"] for one in Profile.read(target).questions] == [False, True]
    assert any("--add makes none" in sentence for sentence in told)
    with pytest.raises(UserError, match="has bob already"):
        command(mended, add="bob", out=target)


def test_files_without_a_question_leave_the_profile_as_it_is(command: Command, tmp_path: Path) -> None:
    empty, target = tmp_path / "empty.jsonl", tmp_path / "profile.json"
    empty.write_text("\n")
    target.write_text("mine")
    with pytest.raises(UserError, match="no question"):
        command(ScriptedRuntime(pupils), empty)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("out", ["/proc/nope/profile.json", "FILE/profile.json", "."])
def test_a_place_that_cannot_be_written_is_told_before_anyone_is_asked(
    command: Command, questions: Path, tmp_path: Path, out: str
) -> None:
    runtime = ScriptedRuntime(pupils)
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="with --out"):
        command(runtime, questions, out=Path(out.replace("FILE", str(tmp_path / "file"))))
    assert runtime.calls == []
