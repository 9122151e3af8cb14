"""ONNX files are read as far as their weights, and refused where they are not what they say."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.weights import WeightsError, read


def varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def blob(number: int, data: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(data)) + data


def integer(number: int, value: int) -> bytes:
    return varint(number << 3) + varint(value)


def tensor(name: str, values: np.ndarray, kind: int = 1, *, packed: bool = False) -> bytes:
    sizes = [varint(size) for size in values.shape]
    shape = blob(1, b"".join(sizes)) if packed else b"".join(varint(8) + size for size in sizes)
    return shape + integer(2, kind) + blob(8, name.encode()) + blob(9, values.tobytes())


def model(*tensors: bytes) -> bytes:
    """With fields of every wire type around the graph, as later versions may have them."""
    around = integer(1, 7) + varint(20 << 3 | 1) + bytes(8) + varint(21 << 3 | 5) + bytes(4)
    return around + blob(7, b"".join(blob(5, each) for each in tensors)) + around


NAMES = st.text(min_size=1, max_size=200)
SHAPES = st.lists(st.integers(0, 200), max_size=2).map(tuple)


@given(name=NAMES, shape=SHAPES, packed=st.booleans(), seed=st.integers(0, 2**32 - 1))
def test_what_was_written_is_read(
    name: str, shape: tuple[int, ...], packed: bool, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    name = name.encode(errors="replace").decode()
    weights = read(model(tensor(name, values, packed=packed)))
    assert list(weights) == [name]
    np.testing.assert_array_equal(weights[name], values, strict=True)


def test_only_floats_are_weights() -> None:
    whole = tensor("shape", np.array([3, 4]), kind=7)
    assert list(read(model(whole, tensor("kernel", np.ones(3, np.float32))))) == ["kernel"]


@given(st.data())
def test_a_file_cut_short_is_refused(data: st.DataObject) -> None:
    written = blob(7, blob(5, tensor("kernel", np.ones(300, np.float32))))
    at = data.draw(st.integers(1, len(written) - 1))
    with pytest.raises(WeightsError, match="again"):
        read(written[:at])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for noise in (data, blob(7, data), blob(7, blob(5, data))):
        try:
            read(noise)
        except WeightsError as error:
            assert "again" in str(error)  # noqa: PT017 - either outcome will do


def test_weights_that_do_not_fill_their_shape_are_refused() -> None:
    lying = integer(1, 2**40) + tensor("kernel", np.ones(3, np.float32))
    with pytest.raises(WeightsError, match="not as many"):
        read(model(lying))


def test_the_embedding_has_its_twenty_kernels(models: Path) -> None:
    weights = read((models / "openwakeword" / "embedding_model.onnx").read_bytes())
    assert sum(values.ndim == 4 and values.size > 1 for values in weights.values()) == 20
    assert sum(values.size for values in weights.values()) > 300_000
