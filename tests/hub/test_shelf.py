"""The shelf on disk and its manifest: what is loaded is what the manifest names, or nothing."""

from pathlib import Path

import msgspec
import pytest

from hub.shelf.errors import ManifestInvalid, ModelDamaged, ModelMissing, ModelUnknown
from hub.shelf.manifest import DEFAULT, PACKAGED, Wheels, read_manifest
from hub.shelf.shelf import models_folder
from tests.hub.shelf_parts import CONTENT, model, shelf

FLIPPED = bytes([CONTENT[0] ^ 1]) + CONTENT[1:]


def put(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def test_load_gives_the_bytes_by_name(tmp_path: Path) -> None:
    put(tmp_path, "ear/a.onnx", CONTENT)
    put(tmp_path, "ear/b.json", b"{}")
    here = shelf(tmp_path, model("ear/a.onnx", CONTENT), model("ear/b.json", b"{}"))
    assert here.load(["ear/b.json", "ear/a.onnx"]) == {"ear/b.json": b"{}", "ear/a.onnx": CONTENT}


@pytest.mark.parametrize("content", [FLIPPED, CONTENT[:-1], CONTENT + b"\0", b""])
def test_a_changed_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "ear/a.onnx", content)
    here = shelf(tmp_path, model("ear/a.onnx", CONTENT, group="alexa"))
    with pytest.raises(ModelDamaged, match=r"ear/a\.onnx.*inglenook models pull alexa"):
        here.load(["ear/a.onnx"])
    assert here.verify(here.manifest.files[0]) == "damaged"


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    put(tmp_path, "ear/a.onnx", CONTENT)
    here = shelf(
        tmp_path,
        *(model(name, CONTENT) for name in ("ear/a.onnx", "ear/b.onnx")),
        model("voice/c.onnx", CONTENT, group="piper"),
    )
    with pytest.raises(ModelMissing, match=r"ear/b\.onnx, voice/c\.onnx.*pull default piper") as e:
        here.load(file.name for file in here.manifest.files)
    assert "ear/a.onnx" not in str(e.value)


def test_a_name_that_is_not_in_the_manifest_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "ear/a.onnx", CONTENT)
    with pytest.raises(ModelUnknown, match=r"ear/a\.onnx"):
        shelf(tmp_path).load(["ear/a.onnx"])


def test_the_folder_is_the_chosen_one_else_in_the_cache(tmp_path: Path) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    assert models_folder(cache) == tmp_path / "inglenook" / "models"
    assert models_folder({**cache, "INGLENOOK_MODELS": "/srv/models"}) == Path("/srv/models")
    assert models_folder({"INGLENOOK_MODELS": ""}) == Path.home() / ".cache/inglenook/models"


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ('"serial": 1', '"serial": 0'),
        ('"serial": 1', '"serial": 1, "surprise": 2'),
        ('"name": "silero/', '"name": "../silero/'),
        ('"name": "silero/', '"name": "/silero/'),
        ('"name": "silero/silero_vad_v6.onnx"', '"name": "silero/.."'),
        ('"package": "faster-whisper"', '"package": "--index-url"'),
        ('"version": "1.2.1"', '"version": "1.2.1 --pre"'),
        ('"from": "url"', '"from": "floppy"'),
        ('"url": "https://', '"url": "file:///'),
        ("alexa_v0.1.onnx", "hey_jarvis_v0.1.onnx"),
        ("}", ""),
    ],
)
def test_a_wrong_manifest_is_refused(tmp_path: Path, found: str, wrong: str) -> None:
    text = PACKAGED.read_text()
    assert found in text
    path = tmp_path / "manifest.json"
    path.write_text(text.replace(found, wrong, 1))
    with pytest.raises(ManifestInvalid):
        read_manifest(path)


def test_the_packaged_manifest_is_whole() -> None:
    manifest = read_manifest()
    assert DEFAULT in manifest.groups()
    assert all(file.licence and file.sources for file in manifest.files)
    assert len({file.sha256 for file in manifest.files}) == len(manifest.files)
    default = {file.name for file in manifest.members([DEFAULT])}
    assert "whisper-tiny.en/model.bin" in default
    # GPL, and what a registry does not carry, never come by default.
    assert all(
        isinstance(source, Wheels)
        for file in manifest.members([DEFAULT])
        for source in file.sources
    )


def test_a_manifest_survives_being_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(msgspec.json.encode(read_manifest()))
    assert read_manifest(path) == read_manifest()
