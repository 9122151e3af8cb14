"""Reads the weights out of an ONNX file: as much of protobuf, and of ONNX, as that takes. Pure.

Field numbers are those of onnx.proto3. A protobuf message is a row of fields: a key, which holds
the field's number and wire type, and a value.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_GRAPH = 7
_INITIALIZER = 5
_DIMS, _DATA_TYPE, _NAME, _RAW_DATA = 1, 2, 8, 9
_FLOAT = 1
_VARINT_BYTES = 10
"""The longest varint: 64 bits, seven a byte."""


class WeightsError(Exception):
    """Not an ONNX file, or one that was cut short; the message says what to do."""


def read(model: bytes) -> Mapping[str, Floats]:
    """Name -> weights: all that are float32 and kept as raw data; raises WeightsError.

    The arrays are copies: nothing of `model` is kept.
    """
    graphs = [_parse(graph) for graph in _parse(memoryview(model)).blobs[_GRAPH]]
    tensors = [_parse(tensor) for graph in graphs for tensor in graph.blobs[_INITIALIZER]]
    return {
        _name(tensor): _values(tensor)
        for tensor in tensors
        if tensor.numbers[_DATA_TYPE] == [_FLOAT] and tensor.blobs[_RAW_DATA]
    }


@dataclass(frozen=True, slots=True)
class _Message:
    """Field number -> its values in their order, those of a fixed width left out."""

    numbers: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    blobs: defaultdict[int, list[memoryview]] = field(default_factory=lambda: defaultdict(list))


def _parse(data: memoryview) -> _Message:
    message = _Message()
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        match key & 7:
            case 0:
                number, at = _varint(data, at)
                message.numbers[key >> 3].append(number)
            case 1:
                at += 8
            case 2:
                size, at = _varint(data, at)
                message.blobs[key >> 3].append(data[at : at + size])
                at += size
            case 5:
                at += 4
            case _:
                raise WeightsError("This is not an ONNX file. Fetch the models again.")
    if at > len(data):
        raise WeightsError("This ONNX file was cut short. Fetch the models again.")
    return message


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """The number that begins at `at`, and where it ends."""
    value = 0
    for index, byte in enumerate(data[at : at + _VARINT_BYTES]):
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follow
            return value, at + index + 1
    raise WeightsError("This ONNX file was cut short. Fetch the models again.")


def _name(tensor: _Message) -> str:
    names = tensor.blobs[_NAME]
    return bytes(names[-1]).decode(errors="replace") if names else ""


def _values(tensor: _Message) -> Floats:
    shape = tensor.numbers[_DIMS] + [
        size for packed in tensor.blobs[_DIMS] for size in _packed(packed)
    ]
    raw = bytes(tensor.blobs[_RAW_DATA][-1])
    if len(raw) != 4 * prod(shape):
        raise WeightsError("An ONNX file's weights are not as many as it says. Fetch it again.")
    return np.frombuffer(raw, "<f4").astype(np.float32).reshape(shape)


def _packed(numbers: memoryview) -> list[int]:
    values: list[int] = []
    at = 0
    while at < len(numbers):
        value, at = _varint(numbers, at)
        values.append(value)
    return values
