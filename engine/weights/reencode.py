"""Re-encode the tensors of a GGUF file that OpenVINO GenAI refuses, and leave everything else as it is."""

import math
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter, Keys, quants

READABLE = {GGMLQuantizationType[name] for name in ("F32", "F16", "Q4_0", "Q4_1", "Q4_K", "Q6_K", "Q8_0")}


def unreadable_types(source: Path) -> set[str]:
    """Names of the tensor types in a GGUF file that OpenVINO GenAI refuses; none where it reads the file."""
    return {
        tensor.tensor_type.name for tensor in GGUFReader(source).tensors if tensor.tensor_type not in READABLE
    }


def reencode(source: Path, target: Path) -> None:
    """Write `source` to `target` with the refused tensors as Q8_0: at eight bits a weight, next to lossless."""
    reader = GGUFReader(source)
    writer = GGUFWriter(target, reader.fields[Keys.General.ARCHITECTURE].contents())
    for field in reader.fields.values():
        if field.name == Keys.General.ARCHITECTURE or field.name.startswith("GGUF."):
            continue
        element = field.types[-1] if field.types[0] == GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, field.contents(), field.types[0], element)
    for tensor in reader.tensors:
        if tensor.tensor_type in READABLE:
            kind, data = tensor.tensor_type, tensor.data
            writer.add_tensor_info(tensor.name, data.shape, data.dtype, data.nbytes, kind)
        else:
            weights = [int(extent) for extent in reversed(tensor.shape)]
            shape = quants.quant_shape_to_byte_shape(weights, GGMLQuantizationType.Q8_0)
            writer.add_tensor_info(
                tensor.name, shape, np.dtype(np.uint8), math.prod(shape), GGMLQuantizationType.Q8_0
            )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for tensor in reader.tensors:
        data = tensor.data
        if tensor.tensor_type not in READABLE:
            data = quants.quantize(quants.dequantize(data, tensor.tensor_type), GGMLQuantizationType.Q8_0)
        writer.write_tensor_data(data)
    writer.close()
