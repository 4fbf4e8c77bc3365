"""What a batch uses, added to its record while it goes on."""

from threading import Event

import pytest

from batched_runs import begun
from engine.scheduler import Usage
from storage.batches import Batches
from storage.database import Database
from storage.errors import NotWritten
from ui.terminal import batch_usage
from ui.terminal.batch_usage import UsageAdding


class Used:
    """Seconds that the test sets, all of them loading."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> Usage:
        return Usage(seconds=self.seconds, generating=0.0, loading=self.seconds, loads={"small": 1})


def test_what_cannot_be_written_is_said_once_and_added_later(
    database: Database, batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = begun(batches)
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.01)
    impatient = Database(database.path)
    used, said = Used(), []
    with UsageAdding(Batches(impatient), batch.id, used, said.append) as adding:
        with database.writer():
            used.seconds = 7.0
            adding.add()
            adding.add()
            (sentence,) = said
            assert "The batch goes on" in sentence
            assert str(database.path.parent) in sentence
            with pytest.raises(NotWritten):
                Batches(impatient).finish(batch.id)
        assert batches.results(batch.id).batch.usage["seconds"] == 0.0
        used.seconds = 9.0
    assert batches.results(batch.id).batch.usage["seconds"] == 9.0
    assert len(said) == 1
    impatient.close()


def test_usage_is_added_while_nothing_happens(batches: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_usage, "USAGE_SECONDS", 0.01)
    batch, used, added = begun(batches), Used(), Event()
    add_usage = batches.add_usage

    def told(*given: object) -> None:
        add_usage(*given)
        added.set()

    monkeypatch.setattr(batches, "add_usage", told)
    with UsageAdding(batches, batch.id, used, pytest.fail):
        used.seconds = 3.0
        added.clear()
        assert added.wait(30)
        added.clear()
        assert added.wait(30)
        assert batches.results(batch.id).batch.usage["loading"] == 3.0
