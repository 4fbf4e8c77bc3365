"""Profilings that were killed: what was answered is kept, however the texts look, and not asked for again."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import events
from engine.calling import Answered
from engine.profiling import Notebook
from profiling_sittings import Begin, pupils, sittings
from scripted import Gate, ScriptedRuntime


class Killed(BaseException):
    """What ends a profiling at a certain line of its notebook."""


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Begin]:
    with sittings(tmp_path) as begin:
        yield begin


def test_what_was_answered_before_a_kill_in_the_middle_of_all_runs_is_kept(
    sit: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sit(ScriptedRuntime(pupils), notebook="whole").build()
    runtime = ScriptedRuntime(pupils)
    runtime.gates["bob"] = Gate()  # he answers nothing, so that no run comes to its end
    killed = sit(runtime)
    write, lines = Notebook.write, 0

    def write_and_die(notebook: Notebook, work: tuple[str, ...], answered: Answered) -> None:
        nonlocal lines
        write(notebook, work, answered)
        lines += 1
        if lines == 3 * (5 + 1):  # of each question the samples of keywords and Ann's answer
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Notebook, "write", write_and_die)
        with pytest.raises(Killed):
            killed.build()
    again = sit(ScriptedRuntime(pupils))
    assert again.build() == whole
    assert again.asked == ["bob"] * 3


def test_texts_with_separators_of_lines_come_back(sit: Begin) -> None:
    first = sit(ScriptedRuntime(lambda *asked: f"{pupils(*asked)}\u2028and\u2029so\u0085on"))
    profile = first.build()
    again = sit(ScriptedRuntime(pupils))
    assert again.build() == profile
    assert again.asked == []


def test_an_answer_that_was_cut_within_a_letter_is_left_out(sit: Begin, tmp_path: Path) -> None:
    sit(ScriptedRuntime(pupils)).build()
    with (tmp_path / "notebook").open("ab") as file:
        file.write('{"kind": "called", "text": "é'.encode()[:-1])
    again = sit(ScriptedRuntime(pupils))
    again.build()
    assert again.asked == []


def test_numbers_without_end_come_back(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "notebook", "a test")
    queued = events.CallQueued(
        run="r", at=1.0, call="c", expert="ann", step="s", messages=[], sampling={}, task="score"
    )
    finished = events.CallFinished(
        run="r",
        at=2.0,
        call="c",
        text="",
        prompt_tokens=1,
        tokens=0,
        seconds_queued=0.0,
        seconds_to_first_token=0.0,
        seconds=1.0,
        finish_reason="stop",
        values=[-math.inf, 0.0],
    )
    notebook.write(("calibration", "q1", "ann"), Answered(queued, finished))
    assert Notebook(tmp_path / "notebook", "a test").answered == notebook.answered
