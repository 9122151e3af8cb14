"""What is refused though a list names it: other files, code, and archives that climb out."""

import pickle
import stat
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.shelf.contents import refuse
from hub.shelf.errors import ContentRefused
from hub.shelf.onnx import NotOnnx, names_other_files
from hub.shelf.shelf import open_shelf

WEIGHT = struct.pack("<f", 2.5)


def varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes((low | 0x80,)) + varint(rest) if rest else bytes((low,))


def part(number: int, content: bytes | str | int) -> bytes:
    """A field of a protobuf message."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    raw = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(raw)) + raw


INSIDE = part(1, 1) + part(2, 1) + part(8, "w") + part(9, WEIGHT)
OUTSIDE = (
    *(part(1, 1), part(2, 1), part(8, "w")),
    part(13, part(1, "location") + part(2, "w.bin")),
    part(14, 1),
)


def value_info(name: str) -> bytes:
    shape = part(2, part(1, part(1, 1)))
    return part(1, name) + part(2, part(1, part(1, 1) + shape))


def adding(weight: bytes) -> bytes:
    """A whole model: y = x + w."""
    node = part(1, "x") + part(1, "w") + part(2, "y") + part(4, "Add")
    graph = part(1, node) + part(2, "g") + part(5, weight)
    graph += part(11, value_info("x")) + part(12, value_info("y"))
    return part(1, 8) + part(8, part(1, "") + part(2, 13)) + part(7, graph)


def result(session: ort.InferenceSession) -> float:
    return float(session.run(None, {"x": np.ones(1, np.float32)})[0][0])


def test_a_model_with_its_weights_inside_is_taken() -> None:
    model = adding(INSIDE)
    assert result(ort.InferenceSession(model)) == 3.5
    refuse("ear/a.onnx", model)


def test_a_model_that_reads_another_file_is_refused(tmp_path: Path) -> None:
    """onnxruntime itself, given a path, would read it."""
    model = adding(b"".join(OUTSIDE))
    (tmp_path / "w.bin").write_bytes(WEIGHT)
    (tmp_path / "a.onnx").write_bytes(model)
    assert result(ort.InferenceSession(tmp_path / "a.onnx")) == 3.5
    with pytest.raises(ContentRefused, match=r"ear/a\.onnx.*another file"):
        refuse("ear/a.onnx", model)


def attribute(number: int, content: bytes) -> bytes:
    return part(1, part(5, part(number, content)))


HIDDEN: dict[str, Callable[[bytes], bytes]] = {
    "initializer": lambda t: part(7, part(5, t)),
    "a second graph": lambda t: part(7, b"") + part(7, part(5, t)),
    "sparse values": lambda t: part(7, part(15, part(1, t))),
    "sparse indices": lambda t: part(7, part(15, part(2, t))),
    "attribute": lambda t: part(7, attribute(5, t)),
    "attribute list": lambda t: part(7, attribute(10, t)),
    "sparse attribute": lambda t: part(7, attribute(22, part(1, t))),
    "sparse attributes": lambda t: part(7, attribute(23, part(2, t))),
    "branch": lambda t: part(7, attribute(6, part(5, t))),
    "branches in a branch": lambda t: part(7, attribute(6, attribute(11, part(5, t)))),
    "function": lambda t: part(7, b"") + part(25, part(7, part(5, part(5, t)))),
    "function default": lambda t: part(7, b"") + part(25, part(11, part(5, t))),
    "training": lambda t: part(7, b"") + part(20, part(1, part(5, t))),
    "training step": lambda t: part(7, b"") + part(20, part(2, part(5, t))),
}


@pytest.mark.parametrize("place", HIDDEN)
@pytest.mark.parametrize("sign", OUTSIDE[3:])
def test_it_is_found_wherever_a_tensor_may_be(place: str, sign: bytes) -> None:
    assert not names_other_files(HIDDEN[place](INSIDE))
    assert names_other_files(HIDDEN[place](INSIDE + sign))


@given(st.binary(max_size=200), st.integers(0, 200))
def test_whatever_comes_it_is_judged_or_called_no_model(junk: bytes, at: int) -> None:
    model = adding(INSIDE)
    mutated = model[:at] + junk + model[at + len(junk) :]
    for content in (junk, mutated):
        try:
            assert names_other_files(content) in (True, False)
        except NotOnnx as error:
            assert str(error)  # noqa: PT017  # any other error fails the test


@given(st.integers(0, len(adding(INSIDE)) - 1))
def test_a_model_cut_short_is_never_taken_for_one_with_its_graph(size: int) -> None:
    """The graph comes last in it, so every cut loses some of it."""
    with pytest.raises(NotOnnx):
        names_other_files(adding(INSIDE)[:size])


def test_graphs_without_end_are_refused() -> None:
    graph = b""
    for _ in range(200):
        graph = attribute(6, graph)
    with pytest.raises(ContentRefused, match="nested too deeply"):
        refuse("ear/a.onnx", part(7, graph))


def test_every_model_on_the_shelf_is_taken(models: Path) -> None:
    shelf = open_shelf({"INGLENOOK_MODELS": str(models)})
    files = [file for file in shelf.manifest.files if shelf.state(file) == "here"]
    assert files
    for file in files:
        refuse(file.name, shelf.path(file).read_bytes())


def npz() -> bytes:
    out = BytesIO()
    np.savez(out, weights=np.array([{"an": "object"}], dtype=object))
    return out.getvalue()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("suffix", ["bin", "onnx", "zip", "pt", "pkl", "joblib", "safetensors"])
def test_pickles_are_refused_under_any_name(suffix: str, protocol: int) -> None:
    with pytest.raises(ContentRefused):
        refuse(f"ear/a.{suffix}", pickle.dumps({"weights": [0.5]}, protocol))


@pytest.mark.parametrize("name", ["ear/a.npz", "ear/a.bin", "ear/a.zip", "ear/a"])
def test_numpy_files_with_objects_are_refused_under_any_name(name: str) -> None:
    with pytest.raises(ContentRefused):
        refuse(name, npz())


def archive(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return out.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_an_ordinary_archive_is_taken() -> None:
    refuse(
        "ear/a.zip", archive(("m/", b""), ("m/conf/model.conf", b"--x"), ("m/final.mdl", b"\0B"))
    )


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ("../outside", b""),
        ("m/../../outside", b""),
        ("/etc/outside", b""),
        ("..\\outside", b""),
        ("C:\\outside", b""),
        (link("m/link"), b"/etc/passwd"),
        ("m/data.pkl", b"cos\nsystem\n"),
        ("m/data", pickle.dumps([1], 2)),
        ("m/x.npz", b""),
    ],
    ids=lambda value: str(value)[:24],
)
def test_an_archive_that_climbs_out_or_runs_code_is_refused(
    member: str | zipfile.ZipInfo, content: bytes
) -> None:
    with pytest.raises(ContentRefused):
        refuse("ear/a.zip", archive(("m/conf/model.conf", b"--x"), (member, content)))


def test_an_archive_that_would_fill_the_memory_is_refused() -> None:
    packed = bytearray(archive(("m/huge", b"0")))
    told = packed.index(b"PK\x01\x02") + 24  # its size unpacked, in the archive's directory
    packed[told : told + 4] = struct.pack("<I", (1 << 30) + 1)
    with pytest.raises(ContentRefused, match="fill the memory"):
        refuse("ear/a.zip", bytes(packed))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_two_files_of_one_name_is_refused() -> None:
    with pytest.raises(ContentRefused, match="two files"):
        refuse("ear/a.zip", archive(("m/a", b"1"), ("m/a", b"2")))


def test_what_is_no_archive_or_no_text_is_refused() -> None:
    for name in ("ear/a.zip", "ear/a.json", "ear/a.txt"):
        with pytest.raises(ContentRefused):
            refuse(name, b"\xff\xfe not what it says")
