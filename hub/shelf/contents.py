"""What a model file may be: one of a few kinds, and nothing that runs code or names other files.

The signed list already says which bytes these are; this stands behind a mistake in signing.
"""

import stat
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from hub.shelf.errors import ContentRefused
from hub.shelf.onnx import NotOnnx, names_other_files

_PICKLES = frozenset((".pt", ".pth", ".pkl", ".pickle", ".joblib", ".ckpt", ".npz", ".npy"))
"""Names under which pickled Python objects travel, or may."""

_PICKLE_MARKS = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))
_ARCHIVE_LIMIT = 1 << 30
"""Bytes that an archive may unpack to; the largest here holds 140 MB."""

_CTRANSLATE2_NEWEST = 16
"""Binary versions of CTranslate2 models: 6 in 2026. A pickle or a zip reads as a far larger one."""

_ORT = b"ORTM"
_TFLITE = b"TFL3"
"""File identifiers of FlatBuffers schemas; the formats run no code and name no file."""


def refuse(name: str, content: bytes) -> None:
    """Raises ContentRefused unless the content is what its name says, and harmless."""
    if why := _wrong(PurePosixPath(name).suffix, content):
        raise ContentRefused(
            f"The model {name} is refused, though the list names it: {why}. Please report this."
        )


def _wrong(suffix: str, content: bytes) -> str:
    match suffix:
        case ".onnx":
            return _wrong_onnx(content)
        case ".zip":
            return _wrong_archive(content)
        case ".bin":
            version = int.from_bytes(content[:4], "little")
            return "" if 0 < version <= _CTRANSLATE2_NEWEST else "it is no CTranslate2 model"
        case ".ort":
            return "" if content[4:8] == _ORT else "it is no model in onnxruntime's own format"
        case ".tokens":
            return ""  # the engine reads it piece by piece and refuses what is malformed
        case ".tflite":
            return "" if content[4:8] == _TFLITE else "it is no TensorFlow Lite model"
        case ".json" | ".txt":
            return _wrong_text(content)
        case _:
            return f"Inglenook loads no files of the kind {suffix!r}"


def _wrong_onnx(content: bytes) -> str:
    try:
        return "its weights lie in another file" if names_other_files(content) else ""
    except NotOnnx as error:
        return f"it is no ONNX model: {error}"


def _wrong_text(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "it is not text"
    return ""


def _wrong_archive(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len({member.filename for member in members}) < len(members):
                return "it holds two files of one name"
            if sum(member.file_size for member in members) > _ARCHIVE_LIMIT:
                return "it would fill the memory"
            return next(filter(None, (_wrong_member(archive, member) for member in members)), "")
    except (BadZipFile, NotImplementedError, RuntimeError) as error:  # damaged, odd, encrypted
        return f"it cannot be unpacked: {error}"


def _wrong_member(archive: ZipFile, member: ZipInfo) -> str:
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
        return f"{member.filename} would land outside its folder"
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return f"{member.filename} is not a plain file"
    with archive.open(member) as stream:
        start = stream.read(2)
    if path.suffix.lower() in _PICKLES or start in _PICKLE_MARKS:
        return f"{member.filename} is a pickle, which runs code when it is read"
    return ""
