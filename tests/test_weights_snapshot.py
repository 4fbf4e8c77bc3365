"""Models without stated hashes: checked against the hub's own, and locked at the first pull."""

from pathlib import Path
from typing import Any

import pytest

from tests.weights_sources import REPOSITORY, FakeHub, Machine, closed_port, expert, serving

FILES = {
    "config.json": b'{"model_type": "tiny"}',
    "model.safetensors": b"weights " * 500,
    "README.md": b"not wanted",
    "pytorch_model.bin": b"the same weights, pickled",
    "consolidated.safetensors": b"the same weights again",
    "original/model.safetensors": b"and again",
}


@pytest.fixture
def stated() -> dict[str, Any]:
    content = expert(b"")
    content["weights"] = {"format": "folder", "hub": {"repository": REPOSITORY}}
    return content


def on(hub: FakeHub, folder: Path) -> Machine:
    return Machine(folder / "cache", folder, hub.url)


def names(machine: Machine) -> set[str]:
    (files,) = machine.cache.glob("weights/*/files")
    return {str(path.relative_to(files)) for path in files.rglob("*") if path.is_file()}


def test_what_loading_takes_is_fetched_checked_and_locked(tmp_path: Path, stated: dict[str, Any]) -> None:
    with serving(FakeHub(dict(FILES))) as hub:
        machine = on(hub, tmp_path)
        assert machine.fetch(stated)[:2] == (0, "")
        assert names(machine) == {"config.json", "model.safetensors"}
    # Offline, and with nothing stated in the pool: the lock tells what is there.
    assert Machine(machine.cache, tmp_path, closed_port()).fetch(stated) == (0, "", [])


def test_a_file_that_is_not_what_the_hub_states_is_refused(tmp_path: Path, stated: dict[str, Any]) -> None:
    with serving(FakeHub(dict(FILES), stated={"model.safetensors": "0" * 64})) as hub:
        status, errors, _ = on(hub, tmp_path).fetch(stated)
    assert status == 1
    assert errors.startswith("WeightsRefused: model.safetensors from the model hub")
    assert "0" * 64 in errors


def test_a_file_changed_behind_the_lock_is_refused(tmp_path: Path, stated: dict[str, Any]) -> None:
    with serving(FakeHub(dict(FILES))) as hub:
        machine = on(hub, tmp_path)
        machine.fetch(stated)
        (weights,) = machine.cache.glob("weights/*/files/model.safetensors")
        weights.unlink()
        hub.files["model.safetensors"] = b"changed " * 500
        status, errors, _ = machine.fetch(stated)
    assert status == 1
    assert errors.startswith("WeightsRefused: model.safetensors")
    assert not weights.exists()


def test_without_the_hub_there_is_nothing_to_lock(tmp_path: Path, stated: dict[str, Any]) -> None:
    status, errors, _ = Machine(tmp_path / "cache", tmp_path, closed_port()).fetch(stated)
    assert status == 1
    assert errors.startswith(
        "UserError: No source gave the weights of Tiny (the model hub: it cannot be reached"
    )
