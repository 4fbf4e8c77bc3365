"""Which numbers models compute in: 32 bits where a processor would only imitate 16, and the memory that takes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.graphics_card import Card
from engine.pool import read_pool
from engine.runtimes import precision
from engine.runtimes.footprint import footprint, weight_bytes

Machine = Callable[..., None]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Machine]:
    """Makes this a machine with these processor flags, None: it does not tell; and with or without a card."""

    def be(flags: str | None, card: bool = False) -> None:
        told = tmp_path / "cpuinfo"
        if flags is not None:
            told.write_text(f"model name\t: A processor\nflags\t\t: {flags}\n", "utf-8")
        monkeypatch.setattr(precision, "_PROCESSOR", told)
        monkeypatch.setattr(precision, "graphics_card", lambda: Card(80 << 30, 80 << 30) if card else None)
        precision._computes_bfloat16.cache_clear()

    yield be
    precision._computes_bfloat16.cache_clear()


@pytest.mark.parametrize(
    ("flags", "card", "numbers"),
    [
        ("fpu avx2 avx512f avx512_vnni", False, "float32"),
        ("fpu avx2", False, "float32"),
        ("fpu avx512f avx512_bf16", False, "auto"),
        ("fpu avx512f amx_bf16 amx_tile", False, "auto"),
        ("fp asimd bf16", False, "auto"),
        ("fpu avx2", True, "auto"),
        (None, False, "auto"),
    ],
)
def test_a_processor_without_bfloat16_computes_in_32_bits(
    machine: Machine, flags: str | None, card: bool, numbers: str
) -> None:
    machine(flags, card)
    assert precision.numbers() == numbers


@pytest.mark.parametrize("runtime", ["vllm", "transformers"])
def test_weights_of_32_bits_count_twice(machine: Machine, tmp_path: Path, runtime: str) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(bytes(1_000_000))
    shape = {"num_hidden_layers": 1, "num_attention_heads": 1, "hidden_size": 1}
    (folder / "config.json").write_text(json.dumps(shape), "utf-8")
    expert = read_pool("pocket").experts[0]
    machine("avx512_bf16")
    narrow = footprint(expert, runtime, folder)
    machine("avx2")
    # transformers' cache grows too: two numbers for each of 8192 * 12 tokens, two bytes more each.
    cache = 0 if runtime == "vllm" else 2 * 8192 * 12 * 2
    assert footprint(expert, runtime, folder) - narrow == weight_bytes(folder) + cache
