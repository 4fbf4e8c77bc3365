"""What the runtimes load: folders made of GGUF files, and what is said when they are not there."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import openvino
import pytest
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, quants
from openvino import opset13
from openvino_genai import Tokenizer

from engine.errors import UserError, WeightsMissing
from engine.pool import Expert, Pool, read_pool
from engine.runtimes.footprint import cache_bytes, cache_tokens, weight_bytes
from engine.weights import fetch, missing, prepare, prepared, pull
from engine.weights.cache import place_of
from engine.weights.openvino_folder import scale_by_row
from engine.weights.progress import silent
from engine.weights.reencode import reencode, unreadable_types

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


def write_gguf(path: Path) -> None:
    writer = GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_block_count(1)
    writer.add_token_list(["<a>", "b", "ü"])
    writer.add_token_scores([0.5, -1.0, 2.0])
    writer.add_chat_template("{{ messages[0]['content'] }}")
    writer.add_tensor("blk.0.ffn_up.weight", quants.quantize(MATRIX, Q5_0), raw_dtype=Q5_0)
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


def test_tensors_that_openvino_refuses_are_reencoded_and_nothing_else_changes(tmp_path: Path) -> None:
    write_gguf(tmp_path / "tiny.gguf")
    assert unreadable_types(tmp_path / "tiny.gguf") == {"Q5_0"}
    reencode(tmp_path / "tiny.gguf", tmp_path / "readable.gguf")
    assert not unreadable_types(tmp_path / "readable.gguf")

    before, after = GGUFReader(tmp_path / "tiny.gguf"), GGUFReader(tmp_path / "readable.gguf")
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


def test_a_packed_matrix_gets_one_scale_a_row_and_multiplies_as_before(tmp_path: Path) -> None:
    # As GenAI makes it of a GGUF file: 4 rows of two groups of four, each with a scale and a zero point.
    packed = np.arange(32, dtype=np.uint8).reshape(4, 2, 4)
    zeros = np.array([[8], [3]], np.uint8) + np.zeros((4, 2, 1), np.uint8)
    scales = np.array([[0.5], [0.25]], np.float16) + np.zeros((4, 2, 1), np.float16)
    matrix = ((packed.astype(np.float32) - zeros) * scales).reshape(4, 8)
    matrix[2] = 0
    scales[2] = 0

    asked = opset13.parameter([-1, 8], np.float32)
    shifted = opset13.subtract(opset13.convert(packed, "f16"), opset13.convert(zeros, "f16"))
    flat = opset13.reshape(opset13.multiply(shifted, scales), np.array([4, 8]), special_zero=False)
    product = opset13.matmul(asked, opset13.convert(flat, "f32"), transpose_a=False, transpose_b=True)
    openvino.save_model(openvino.Model([product], [asked]), tmp_path / "packed.xml", compress_to_fp16=False)
    scale_by_row(tmp_path / "packed.xml", tmp_path / "openvino_model.xml")

    core = openvino.Core()
    after = core.read_model(tmp_path / "openvino_model.xml")
    constants = [node for node in after.get_ordered_ops() if node.get_type_name() == "Constant"]
    rounded, factors = (
        next(node.get_data() for node in constants if str(node.get_element_type()) == kind)
        for kind in ("<Type: 'int8_t'>", "<Type: 'float16'>")
    )
    # The largest weight of a row is 127 of its steps: (7 - 3) · 0.25 = 1 in the second group of the first row, where
    # the first has (0 - 8) · 0.5 = -4, which is -127.
    assert (rounded[0, 0], rounded.shape, factors.shape) == (-127, (4, 8), (4, 1))
    assert factors[0, 0] == pytest.approx(4 / 127, rel=1e-3)
    assert not rounded[2].any()
    vector = np.linspace(-1, 1, 8, dtype=np.float32)[None]
    got = core.compile_model(after, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})([vector])[0]
    # Each weight is at most half a step of its row off.
    most = np.abs(matrix).max(axis=1) / 127 / 2 * np.abs(vector).sum()
    assert (np.abs(got[0] - matrix @ vector[0]) <= most * 1.1 + 1e-6).all()


@pytest.mark.usefixtures("empty_cache")
def test_what_an_interrupted_preparation_left_is_not_taken_for_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expert = read_pool("pocket").expert("smollm2-135m")
    with monkeypatch.context() as elsewhere:
        elsewhere.delenv("DISPUTATIO_CACHE")
        fetch(expert, silent)
        fetched = place_of(expert).files
    shutil.copytree(fetched, place_of(expert).files)
    fetch(expert, silent)
    left = place_of(expert).root / "preparing-killed"
    left.mkdir()
    (left / "openvino_model.xml").write_bytes(b"half")
    with pytest.raises(WeightsMissing):
        prepared(expert, "openvino")

    prepare(expert, "openvino", silent)
    folder = prepared(expert, "openvino")
    assert not left.exists()
    assert {path.name for path in place_of(expert).root.iterdir()} >= {"files", "openvino"}
    # SmolLM2 135M: 30 layers, 3 key-value heads of 576 / 9 numbers; 135 million weights of a byte.
    assert weight_bytes(folder) == pytest.approx(135e6, rel=0.02)
    assert cache_bytes(expert, "openvino", folder) == cache_tokens(expert) * 2 * 30 * 3 * 64 * 12 // 10
    tokenizer = Tokenizer(str(folder))
    assert tokenizer.get_eos_token() == "<|im_end|>"
    assert tokenizer.apply_chat_template([{"role": "user", "content": "Hi"}], add_generation_prompt=True) == (
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    )


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
    with pytest.raises(UserError, match=r"need 1,[\d,.]+ GB of disk .* DISPUTATIO_CACHE"):
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
