"""Fetching weights in the background, from a hub on loopback."""

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command_line import marked
from engine.pool import Pool
from engine.weights import missing
from engine.weights.pull_state import PullState
from engine.weights.pulls import Pulls
from tests.weights_sources import FILE, FakeHub, Machine, closed_port, serving, sha256

CONTENT = random.Random(1).randbytes(3000)
LARGE = random.Random(2).randbytes(24_000_000)
PATIENCE = 60.0


def pool_of(content: bytes, name: str = "tests") -> Pool:
    """A pool whose expert and embedder are the same folder of one file."""
    weights = {
        "format": "folder",
        "hub": {"repository": f"maker/{name}"},
        "files": [{"name": FILE, "sha256": sha256(content), "bytes": len(content)}],
    }
    model = {"title": "Tiny", "model": "maker/tiny", "parameters": 1000, "licence": "MIT", "weights": weights}
    return Pool.model_validate(
        {
            "name": name,
            "title": name,
            "experts": [{"name": "tiny", **model}],
            "embedder": {"name": "embedder", **model},
            "keyword_expert": "tiny",
            "aggregator": "tiny",
        }
    )


class Background:
    """Pulls for the runtime transformers."""

    def __init__(self, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in machine.environment().items():
            monkeypatch.setenv(name, value)
        self._ready = threading.Event()
        self.pulls = Pulls("transformers", self._ready.set)

    def succeeded(self) -> bool:
        """Wait until a pull has succeeded."""
        return self._ready.wait(PATIENCE)

    def states(self, pool: str) -> Iterator[PullState]:
        """The states of a pull as a page sees them, looking again and again; a pull that hangs fails the test."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            state = self.pulls.state(pool)
            if state:
                yield state
            time.sleep(0.02)
        raise TimeoutError(pool)


@pytest.fixture
def background(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Background]]:
    started: list[Background] = []

    def start(hub: str) -> Background:
        (tmp_path / "wheels").mkdir()
        started.append(Background(Machine(tmp_path / "cache", tmp_path / "wheels", hub), monkeypatch))
        return started[-1]

    yield start
    for one in started:
        one.pulls.close()


Started = Callable[[str], Background]


def test_what_is_missing_is_fetched(background: Started) -> None:
    with serving(FakeHub({FILE: CONTENT})) as hub:
        fetching = background(hub.url)
        pool = pool_of(CONTENT)
        assert len(missing(pool, "transformers")) == 2
        assert fetching.pulls.state("tests") is None
        fetching.pulls.start(pool)
        assert fetching.succeeded()
    state = fetching.pulls.state("tests")
    assert state is not None
    assert (state.phase, state.problem) == ("done", None)
    assert missing(pool, "transformers") == []


def test_one_pool_at_a_time_and_a_failure_is_a_sentence(background: Started) -> None:
    with serving(FakeHub({FILE: CONTENT})) as hub:
        fetching = background(hub.url)
        fetching.pulls.start(pool_of(LARGE, "refused"))
        fetching.pulls.start(pool_of(CONTENT))
        assert fetching.succeeded()
        failed = fetching.pulls.state("refused")
        assert failed is not None
        assert failed.phase == "failed"
        assert f"{FILE} from the model hub was refused and deleted" in (failed.problem or "")


def test_how_far_it_is_is_told_and_its_processes_end_with_it(
    background: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = uuid.uuid4().hex
    monkeypatch.setenv("DISPUTATIO_TEST_MARKER", marker)
    with serving(FakeHub({FILE: LARGE}, stall=16_000_000)) as hub:
        fetching = background(hub.url)
        fetching.pulls.start(pool_of(LARGE))
        fetching.pulls.start(pool_of(CONTENT, "next"))
        for state in fetching.states("tests"):
            if state.done:
                break
        assert (state.phase, state.expert, state.total) == ("fetching", "tiny", len(LARGE))
        assert 0 < state.done <= 16_000_000
        waiting = fetching.pulls.state("next")
        assert waiting is not None
        assert waiting.phase == "waiting"
        assert marked(marker)
        fetching.pulls.close()
        assert marked(marker) == []


def test_a_hub_that_cannot_be_reached_is_told(background: Started) -> None:
    fetching = background(closed_port())
    fetching.pulls.start(pool_of(CONTENT))
    for state in fetching.states("tests"):
        if state.over:
            break
    assert state.phase == "failed"
    assert "No source gave the weights of Tiny" in (state.problem or "")
