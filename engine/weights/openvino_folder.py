"""Make of a GGUF file the folder that OpenVINO GenAI runs fastest: eight bits a weight, one scale a row.

GenAI reads GGUF files too, but anew at every start, which takes several times as long; it keeps what it read beside
what it made of it; and it computes with a scale for every 16 or 32 weights, which costs more than the products do.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFReader
from numpy.typing import NDArray

from engine.weights.reencode import reencode, unreadable_types

_LARGEST = 127
_UNPACKING = {"Convert", "Reshape", "Subtract", "Multiply"}
_NUMBERS = {
    "block_count": "num_hidden_layers",
    "embedding_length": "hidden_size",
    "attention.head_count": "num_attention_heads",
    "attention.head_count_kv": "num_key_value_heads",
    "attention.key_length": "head_dim",
}
"""Of a GGUF file's header, with the names that a model folder's config.json gives them."""


def to_openvino(source: Path, target: Path) -> None:
    """Write the model in the GGUF file `source`, with its tokenizer and chat template, as a folder to `target`.

    Beside `target` it leaves what it made on the way: it is run in a folder that is thrown away.
    """
    # Imported here: only the child process that prepares needs it.
    import openvino_genai as genai  # type: ignore[import-untyped]

    target.mkdir()
    # GenAI writes what it makes of a file beside it.
    readable, ends = target.parent / "readable.gguf", target / "generation_config.json"
    if unreadable_types(source):
        reencode(source, readable)
    else:
        readable.symlink_to(source.resolve())
    scheduling = genai.SchedulerConfig()
    scheduling.num_kv_blocks = 1
    pipeline = genai.ContinuousBatchingPipeline(
        str(readable), scheduling, "CPU", {"enable_save_ov_model": True}
    )
    ends.write_text(json.dumps({"eos_token_id": sorted(pipeline.get_config().stop_token_ids)}), "utf-8")
    del pipeline
    genai.Tokenizer(str(readable), enable_save_ov_model=True)
    for made in target.parent.glob("openvino_*tokenizer.*"):
        made.replace(target / made.name)
    (target / "config.json").write_text(json.dumps(_shape(source)), "utf-8")
    scale_by_row(target.parent / "openvino_model.xml", target / "openvino_model.xml")


def scale_by_row(source: Path, target: Path) -> None:
    """Write the OpenVINO model `source` to `target` with each packed matrix as 8-bit numbers and one scale a row.

    A row makes one output, so that a product is scaled once, after it is summed; symmetric, by the largest weight.
    """
    import openvino  # type: ignore[import-untyped]
    from openvino import opset13

    model = openvino.Core().read_model(source)
    made: dict[str, Any] = {}
    for node in model.get_ordered_ops():
        for place in node.inputs():
            matrix = place.get_source_output().get_node()
            if node.get_type_name() not in ("MatMul", "Gather") or not _packed(matrix):
                continue
            name = matrix.get_friendly_name()
            if name not in made:
                unpacked = _unpacked(matrix)
                scales = np.abs(unpacked).max(axis=1, keepdims=True) / _LARGEST
                scales[scales == 0] = 1
                rounded = opset13.constant(np.rint(unpacked / scales).astype(np.int8))
                scaled = opset13.multiply(opset13.convert(rounded, "f16"), scales.astype(np.float16))
                made[name] = opset13.convert(scaled, "f32").output(0)
            place.replace_source_output(made[name])
    openvino.save_model(model, target, compress_to_fp16=False)


def _packed(node: Any) -> bool:
    """Whether the node unpacks a constant matrix, and does nothing else."""
    if node.get_type_name() not in _UNPACKING:
        return False
    sources = [place.get_source_output().get_node() for place in node.inputs()]
    return all(source.get_type_name() == "Constant" or _packed(source) for source in sources)


def _unpacked(node: Any) -> NDArray[np.float32]:
    if node.get_type_name() == "Constant":
        numbers: NDArray[np.float32] = node.get_data(dtype=np.float32)
        return numbers
    first = _unpacked(node.input_value(0).get_node())
    match node.get_type_name():
        case "Convert":
            return first
        case "Reshape":
            return first.reshape(node.get_output_shape(0))
        case "Subtract":
            return first - _unpacked(node.input_value(1).get_node())
        case _:
            return first * _unpacked(node.input_value(1).get_node())


def _shape(source: Path) -> dict[str, int]:
    fields = GGUFReader(source).fields.items()
    stated = {key.partition(".")[2]: field for key, field in fields}
    return {name: int(stated[key].contents()) for key, name in _NUMBERS.items() if key in stated}
