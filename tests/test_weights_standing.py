"""Where the weights of a pool are, as the page Experts tells it."""

from pathlib import Path

import pytest

from engine.pool import Expert, Pool
from engine.weights import fetch, missing
from engine.weights.cache import place_of
from engine.weights.progress import silent
from engine.weights.standing import WeightsStanding, standings
from tests.weights_sources import FILE, expert

CONTENT = b"weights" * 100


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPUTATIO_CACHE", str(tmp_path / "cache"))


def pool() -> Pool:
    """A pool of an expert that is one file, and one whose pool file states no sizes."""
    stated = expert(CONTENT)
    stated["weights"]["format"] = "folder"
    hub = {"format": "folder", "hub": {"repository": "maker/unstated"}}
    unstated = {**stated, "name": "unstated", "parameters": 5000, "weights": hub}
    embedder = {**stated, "name": "embedder"}
    return Pool.model_validate(
        {
            "name": "tests",
            "title": "Tests",
            "experts": [stated, unstated],
            "embedder": embedder,
            "keyword_expert": "tiny",
            "aggregator": "tiny",
        }
    )


def fetched(model: Expert) -> Path:
    """The folder of the expert's file, copied there by somebody and checked by a pull."""
    folder = place_of(model).files
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(CONTENT)
    fetch(model, silent)
    return folder


@pytest.mark.usefixtures("empty_cache")
def test_missing_weights_have_the_size_stated_or_that_of_their_parameters() -> None:
    assert standings(pool(), "vllm") == {
        "tiny": WeightsStanding("missing", bytes=len(CONTENT)),
        "unstated": WeightsStanding("missing", bytes=2 * 5000),
        "embedder": WeightsStanding("missing", bytes=len(CONTENT)),
    }


@pytest.mark.usefixtures("empty_cache")
def test_weights_that_are_here_have_their_path_and_size() -> None:
    folder = fetched(pool().expert("tiny"))
    found = standings(pool(), "transformers")
    assert found["tiny"] == found["embedder"] == WeightsStanding("here", str(folder), len(CONTENT))
    assert found["unstated"].state == "missing"


@pytest.mark.usefixtures("empty_cache")
def test_a_runtime_that_cannot_read_them_says_why() -> None:
    found = standings(pool(), "openvino")
    assert found["tiny"].state == "unfit"
    assert "use --runtime vllm or transformers" in found["tiny"].reason
    assert found["embedder"].state == "missing"


@pytest.mark.usefixtures("empty_cache")
def test_a_server_has_the_weights_of_its_experts_but_not_of_the_embedder() -> None:
    assert [standing.state for standing in standings(pool(), "openai").values()] == [
        "served",
        "served",
        "missing",
    ]


@pytest.mark.usefixtures("empty_cache")
def test_reward_models_are_missing_where_a_runtime_could_run_them() -> None:
    """OpenVINO runs none, so that transformers does beside it; a server runs none either."""
    scorer = {
        "name": "scorer",
        "title": "Scorer",
        "model": "maker/scorer",
        "judges": "outcome",
        "parameters": 10,
        "licence": "none",
        "weights": {"format": "folder", "hub": {"repository": "maker/scorer"}},
    }
    with_scorer = Pool.model_validate({**pool().model_dump(), "outcome_reward": scorer})
    for runtime in ("vllm", "openvino", "transformers"):
        assert standings(with_scorer, runtime)["scorer"] == WeightsStanding("missing", bytes=20)
    assert with_scorer.outcome_reward in missing(with_scorer, "vllm")
    assert "scorer" not in standings(with_scorer, "openai")
    assert missing(with_scorer, "openai") == [with_scorer.embedder]
