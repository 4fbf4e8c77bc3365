"""What a terminal is given of texts that models and other people wrote."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli
from storage.record import recording
from storage_events import run_finished, run_started
from ui.terminal.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("clear\x1b[2J", "clear\ufffd[2J"),
        ("title\x1b]0;mine\x07", "title\ufffd]0;mine\ufffd"),
        ("one byte\x9b2J", "one byte\ufffd2J"),
        ("over\rwritten", "over\ufffdwritten"),
        ("Windows\r\nlines", "Windows\nlines"),
        ("Größe 🎈", "Größe 🎈"),
    ],
)
def test_control_characters_are_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_the_list_of_runs_commands_no_terminal(tmp_path: Path) -> None:
    database = tmp_path / "runs.db"
    with recording(database) as record:
        record.recorder.record(run_started("r1", "Why?\x1b[2J"))
        record.recorder.record(run_finished("r1", "\x1b]52;c;Y3VybA==\x1b\\"))
        record.recorder.flush()
    said = CliRunner().invoke(cli, ["runs", "--database", str(database)])
    assert said.exit_code == 0
    assert "Why?" in said.stdout
    assert "\x1b" not in said.stdout


def test_an_unknown_run_does_not_cost_the_file_that_was_there(tmp_path: Path) -> None:
    database, out = tmp_path / "runs.db", tmp_path / "runs.jsonl"
    out.write_text("exported before")
    with recording(database) as record:
        record.recorder.record(run_started("r1"))
        record.recorder.record(run_finished("r1", "B"))
        record.recorder.flush()
    told = ("--out", str(out), "--database", str(database))
    refused = CliRunner().invoke(cli, ["export", "r1", "typo", *told])
    assert "typo" in str(refused.exception)
    assert out.read_text() == "exported before"
    assert CliRunner().invoke(cli, ["export", "r1", *told]).exit_code == 0
    assert out.read_text().startswith('{"id": "r1"')
