"""How much memory models are taken to need, by their own config.json, and how much there is."""

import json
import os
from pathlib import Path

import pytest

from engine import memory, own_process
from engine.errors import LoadFailed
from engine.graphics_card import Card, graphics_card
from engine.runtimes import footprint
from small_pool import expert

LLAMA = {"num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_size": 4096}
EXAONE = {"num_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_size": 4096}
GLM = {
    "num_layers": 40,
    "num_attention_heads": 32,
    "multi_query_group_num": 2,
    "kv_channels": 128,
    "hidden_size": 4096,
}


@pytest.mark.parametrize(
    ("context", "slots", "tokens"),
    [
        (8192, 48, 12 * 8192),
        (2048, 16, 4 * 2048),
        (2048, 4, 2 * 2048),
        (16384, 32, 8 * 8192),
        (40960, 32, 2 * 40960),
    ],
)
def test_the_cache_holds_a_quarter_of_the_slots_and_two_contexts_at_least(
    context: int, slots: int, tokens: int
) -> None:
    assert footprint.cache_tokens(expert("ann", slots).model_copy(update={"context": context})) == tokens


@pytest.mark.parametrize(
    ("config", "numbers"),
    [(LLAMA, 2 * 32 * 8 * 128), (EXAONE, 2 * 32 * 8 * 128), (GLM, 2 * 40 * 2 * 128)],
)
def test_the_caches_numbers_are_read_as_each_model_states_them(
    config: dict[str, int], numbers: int, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config))
    ann = expert("ann").model_copy(update={"context": 1000})
    assert footprint.cache_bytes(ann, "openvino", tmp_path) == int(4000 * numbers * 1.2)


def test_a_config_that_says_nothing_of_it_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "mamba"}))
    with pytest.raises(LoadFailed, match=r"states no 'num_layers'.* use another model"):
        footprint.footprint(expert("ann"), "vllm", tmp_path)


def test_pickled_weights_count_where_there_are_no_others(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model-00001-of-00002.bin").write_bytes(b"x" * 30)
    (tmp_path / "pytorch_model-00002-of-00002.bin").write_bytes(b"x" * 12)
    assert footprint.weight_bytes(tmp_path) == 42
    (tmp_path / "model.safetensors").write_bytes(b"x" * 40)
    assert footprint.weight_bytes(tmp_path) == 40


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver that knows cards 0 and 1."""
    told = tmp_path / "nvidia-smi"
    told.write_text(
        """#!/bin/sh
case "$1" in
--id=0) echo "24564, 20000";;
--id=1) echo "81559, 81000";;
--id=*) echo "No devices were found"; exit 6;;
*) echo "24564, 20000"; echo "81559, 81000";;
esac
"""
    )
    told.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("driver")
@pytest.mark.parametrize(
    ("visible", "card"),
    [
        (None, Card(24564 << 20, 20000 << 20)),
        ("1,0", Card(81559 << 20, 81000 << 20)),
        ("MIG-of-the-first", Card(24564 << 20, 20000 << 20)),
        ("", None),
        ("-1", None),
    ],
)
def test_the_card_is_the_first_that_may_be_seen(
    visible: str | None, card: Card | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if visible is None:
        monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    else:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert graphics_card() == card
    if card:
        assert memory.default_budget() == int(card.free * 0.9)


def test_models_number_cards_as_the_driver_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_DEVICE_ORDER", raising=False)
    assert own_process.environment()["CUDA_DEVICE_ORDER"] == "PCI_BUS_ID"
    monkeypatch.setenv("CUDA_DEVICE_ORDER", "FASTEST_FIRST")
    assert own_process.environment()["CUDA_DEVICE_ORDER"] == "FASTEST_FIRST"
