"""ONNX models that name other files (external data): found by walking their protobuf, unread.

Field numbers are those of onnx/onnx.proto3. Weights are stepped over, so a model of 60 MB takes as
long as its graph. What does not parse is refused: a reader more lenient than this one could see
something else in it.
"""

from collections.abc import Iterator

_EXTERNAL_DATA, _DATA_LOCATION = 13, 14
_DEEPEST = 64
"""Graphs within graphs; real ones reach 4 or 5 levels of messages a graph."""

_CHILDREN = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "tensor": {},
}


class NotOnnx(Exception):
    """Not a model, or not as the format has it."""


def names_other_files(model: bytes) -> bool:
    """Whether a tensor anywhere in it lies in another file; raises NotOnnx."""
    found = {number for number, _ in _fields(memoryview(model))}
    if 7 not in found:  # noqa: PLR2004  # ModelProto.graph
        raise NotOnnx("it holds no graph")
    return _external("model", memoryview(model), 0)


def _external(kind: str, message: memoryview, depth: int) -> bool:
    if depth > _DEEPEST:
        raise NotOnnx("it is nested too deeply")
    children = _CHILDREN[kind]
    for number, value in _fields(message):
        if kind == "tensor":
            if number == _EXTERNAL_DATA or (number == _DATA_LOCATION and value != 0):
                return True
        elif number in children:
            if isinstance(value, int):
                raise NotOnnx("a part of it is not what it should be")
            if _external(children[number], value, depth + 1):
                return True
    return False


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Number and value: an int, or the bytes of a string or message (also of fixed numbers)."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        match key & 7:
            case 0:
                value, at = _varint(message, at)
                yield key >> 3, value
                continue
            case 1:
                size = 8
            case 2:
                size, at = _varint(message, at)
            case 5:
                size = 4
            case _:
                raise NotOnnx("it is not a protobuf message")
        if not 0 < key >> 3 < 1 << 29 or at + size > len(message):
            raise NotOnnx("it is not a protobuf message")
        yield key >> 3, message[at : at + size]
        at += size


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """Its value and where the next thing starts."""
    value = 0
    for place in range(10):
        if at + place >= len(message):
            break
        byte = message[at + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:  # noqa: PLR2004  # the mark of the last byte
            return value, at + place + 1
    raise NotOnnx("it ends within a number")
