"""The whole numbers in a GGUF file's header.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. The `gguf` package reads headers too, but takes
seconds over the vocabulary, which is not wanted here.
"""

import struct
from pathlib import Path
from typing import BinaryIO

_FORMATS = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    4: "<I",
    5: "<i",
    6: "<f",
    7: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}
_STRING, _ARRAY = 8, 9


def read_numbers(path: Path) -> dict[str, int]:
    """The header's whole numbers by key. Raises ValueError when the file is not GGUF."""
    numbers = {}
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ValueError(f"{path} is not a GGUF file")
        _version, _tensors, keys = _number(file, "<I"), _number(file, "<Q"), _number(file, "<Q")
        for _ in range(keys):
            key = file.read(_number(file, "<Q")).decode("utf-8")
            value = _value(file, _number(file, "<I"))
            if isinstance(value, int):
                numbers[key] = value
    return numbers


def _value(file: BinaryIO, kind: int) -> int | float | None:
    """The next value where it is a number; strings and arrays are passed over."""
    if kind == _STRING:
        file.seek(_number(file, "<Q"), 1)
        return None
    if kind == _ARRAY:
        element, length = _number(file, "<I"), _number(file, "<Q")
        if element in _FORMATS:
            file.seek(length * struct.calcsize(_FORMATS[element]), 1)
        else:
            for _ in range(length):
                _value(file, element)
        return None
    number: int | float = struct.unpack(_FORMATS[kind], file.read(struct.calcsize(_FORMATS[kind])))[0]
    return number


def _number(file: BinaryIO, format: str) -> int:
    number: int = struct.unpack(format, file.read(struct.calcsize(format)))[0]
    return number
