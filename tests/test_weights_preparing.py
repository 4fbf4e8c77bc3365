"""What the runtimes load: re-encoded GGUF files, converted folders, and what is said when they are not there."""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, quants

from engine.errors import UserError, WeightsMissing
from engine.pool import Expert, Pool, read_pool
from engine.weights import fetch, missing, prepare, prepared, pull
from engine.weights.cache import place_of
from engine.weights.progress import silent

Q5_0, Q8_0, F16 = GGMLQuantizationType.Q5_0, GGMLQuantizationType.Q8_0, GGMLQuantizationType.F16
MATRIX = np.random.default_rng(3).normal(size=(6, 64)).astype(np.float32)


@pytest.fixture(autouse=True)
def no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may be fetched: the files are in the cache, or they are missing."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISPUTATIO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def write_gguf(path: Path, with_q5_0: bool) -> None:
    writer = GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_block_count(1)
    writer.add_token_list(["<a>", "b", "ü"])
    writer.add_token_scores([0.5, -1.0, 2.0])
    writer.add_chat_template("{{ messages[0]['content'] }}")
    kind = Q5_0 if with_q5_0 else Q8_0
    writer.add_tensor("blk.0.ffn_up.weight", quants.quantize(MATRIX, kind), raw_dtype=kind)
    writer.add_tensor("blk.0.ffn_down.weight", MATRIX.astype(np.float16))
    writer.add_tensor("output_norm.weight", MATRIX[0])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def expert_of(content: bytes, name: str = "tiny", format: str = "gguf") -> Expert:
    stated = {"name": f"{name}.gguf", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    weights = {"format": format, "hub": {"repository": f"maker/{name}"}, "files": [stated]}
    expert = {
        "name": name,
        "title": name.title(),
        "model": f"maker/{name}",
        "parameters": 1000,
        "licence": "MIT",
    }
    return Expert.model_validate_json(json.dumps({**expert, "weights": weights}))


def copied_into_the_cache(source: Path) -> Expert:
    """An expert whose file somebody copied from another machine's cache."""
    expert = expert_of(source.read_bytes())
    target = place_of(expert).files / "tiny.gguf"
    target.parent.mkdir(parents=True)
    target.write_bytes(source.read_bytes())
    return expert


@pytest.mark.usefixtures("empty_cache")
def test_tensors_that_openvino_refuses_are_reencoded_and_nothing_else_changes(tmp_path: Path) -> None:
    write_gguf(tmp_path / "tiny.gguf", with_q5_0=True)
    expert = copied_into_the_cache(tmp_path / "tiny.gguf")
    fetch(expert, silent)
    prepare(expert, "openvino", silent)

    before, after = GGUFReader(tmp_path / "tiny.gguf"), GGUFReader(prepared(expert, "openvino"))
    old, new = ({tensor.name: tensor for tensor in reader.tensors} for reader in (before, after))
    assert {name: tensor.tensor_type for name, tensor in new.items()} == {
        "blk.0.ffn_up.weight": Q8_0,
        "blk.0.ffn_down.weight": F16,
        "output_norm.weight": GGMLQuantizationType.F32,
    }
    was = quants.dequantize(old["blk.0.ffn_up.weight"].data, Q5_0)
    now = quants.dequantize(new["blk.0.ffn_up.weight"].data, Q8_0)
    # A Q8_0 step is a 127th of the largest weight of its block; half a step is the most that rounding moves.
    assert now.shape == was.shape == MATRIX.shape
    assert np.abs(now - was).max() <= np.abs(was).max() / 127 / 2 * 1.01
    for name in ("blk.0.ffn_down.weight", "output_norm.weight"):
        assert np.array_equal(new[name].data, old[name].data)
    kept = {key: field.contents() for key, field in before.fields.items() if not key.startswith("GGUF.")}
    assert kept == {
        key: field.contents() for key, field in after.fields.items() if not key.startswith("GGUF.")
    }


@pytest.mark.usefixtures("empty_cache")
def test_a_file_that_openvino_reads_is_loaded_as_it_is(tmp_path: Path) -> None:
    write_gguf(tmp_path / "tiny.gguf", with_q5_0=False)
    expert = copied_into_the_cache(tmp_path / "tiny.gguf")
    fetch(expert, silent)
    prepare(expert, "openvino", silent)
    assert os.path.samefile(prepared(expert, "openvino"), place_of(expert).files / "tiny.gguf")

    (place_of(expert).files / "tiny.gguf").write_bytes(b"something else")
    with pytest.raises(WeightsMissing):
        prepared(expert, "openvino")


@pytest.mark.usefixtures("empty_cache")
def test_what_an_interrupted_preparation_left_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    write_gguf(tmp_path / "tiny.gguf", with_q5_0=True)
    expert = copied_into_the_cache(tmp_path / "tiny.gguf")
    fetch(expert, silent)
    left = place_of(expert).root / "preparing-killed"
    left.mkdir()
    (left / "openvino.gguf").write_bytes(b"half")
    with pytest.raises(WeightsMissing):
        prepared(expert, "openvino")
    prepare(expert, "openvino", silent)
    assert len(GGUFReader(prepared(expert, "openvino")).tensors) == 3
    assert not left.exists()


@pytest.mark.usefixtures("empty_cache")
def test_a_missing_model_says_what_to_run_and_how_much_comes() -> None:
    with pytest.raises(WeightsMissing, match=r"Tiny .* `disputatio pull` \(5 MB\)"):
        prepared(expert_of(b"x" * 5_000_000), "vllm")
    pocket = read_pool("pocket")
    assert missing(pocket, "vllm") == [*pocket.experts, pocket.embedder]
    assert missing(pocket, "openai") == [pocket.embedder]


@pytest.mark.usefixtures("empty_cache")
def test_openvino_says_that_it_reads_no_model_folders() -> None:
    with pytest.raises(UserError, match="--runtime vllm or transformers"):
        prepared(expert_of(b"x", format="folder"), "openvino")


def small_pool(expert: Expert) -> Pool:
    return Pool(
        name="small",
        title="Small",
        experts=(expert,),
        embedder=expert_of(b"embedder", "embedder", "folder"),
        keyword_expert=expert.name,
        aggregator=expert.name,
    )


@pytest.mark.usefixtures("empty_cache")
def test_a_pull_larger_than_the_disk_says_so_before_it_starts() -> None:
    huge = expert_of(b"x")
    assert huge.weights is not None
    files = tuple(file.model_copy(update={"bytes": 10**18}) for file in huge.weights.files)
    weights = huge.weights.model_copy(update={"files": files})
    with pytest.raises(UserError, match=r"need 2,[\d,.]+ GB of disk .* DISPUTATIO_CACHE"):
        pull(small_pool(huge.model_copy(update={"weights": weights})), "openvino", silent)


def test_a_cache_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DISPUTATIO_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(UserError, match=r"cannot be written to .*DISPUTATIO_CACHE"):
        pull(small_pool(expert_of(b"x")), "openvino", silent)


def test_the_converted_smollm2_keeps_its_chat_template_and_its_ends() -> None:
    from transformers import AutoTokenizer, GenerationConfig

    expert = read_pool("pocket").expert("smollm2-135m")
    fetch(expert, silent)
    prepare(expert, "transformers", silent)
    folder = prepared(expert, "transformers")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    asked = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi <|x|>"}]
    assert tokenizer.apply_chat_template(asked, tokenize=False, add_generation_prompt=True) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi <|x|><|im_end|>\n<|im_start|>assistant\n"
    )
    ends = GenerationConfig.from_pretrained(folder).eos_token_id
    assert tokenizer.convert_ids_to_tokens(ends) == ["<|endoftext|>", "<|im_end|>"]
