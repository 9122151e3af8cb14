"""The shelf on disk and its manifest: what is loaded is what the manifest names, or nothing."""

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from hub.shelf.errors import (
    ContentRefused,
    ManifestInvalid,
    ModelDamaged,
    ModelMissing,
    ModelUnknown,
)
from hub.shelf.lists import PACKAGED, read_list
from hub.shelf.manifest import DEFAULT, Wheels, decode
from hub.shelf.shelf import models_folder
from tests.hub.shelf_parts import CONTENT, model, shelf

FLIPPED = bytes([CONTENT[0] ^ 1]) + CONTENT[1:]


def put(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def test_load_gives_the_bytes_by_name(tmp_path: Path) -> None:
    put(tmp_path, "ear/a.txt", CONTENT)
    put(tmp_path, "ear/b.json", b"{}")
    here = shelf(tmp_path, model("ear/a.txt", CONTENT), model("ear/b.json", b"{}"))
    assert here.load(["ear/b.json", "ear/a.txt"]) == {"ear/b.json": b"{}", "ear/a.txt": CONTENT}


@pytest.mark.parametrize("content", [FLIPPED, CONTENT[:-1], CONTENT + b"\0", b""])
def test_a_changed_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "ear/a.txt", content)
    here = shelf(tmp_path, model("ear/a.txt", CONTENT, group="alexa"))
    with pytest.raises(ModelDamaged, match=r"ear/a\.txt.*inglenook models pull alexa"):
        here.load(["ear/a.txt"])
    assert here.verify(here.manifest.files[0]) == "damaged"


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    put(tmp_path, "ear/a.txt", CONTENT)
    here = shelf(
        tmp_path,
        *(model(name, CONTENT) for name in ("ear/a.txt", "ear/b.txt")),
        model("voice/c.txt", CONTENT, group="piper"),
    )
    with pytest.raises(ModelMissing, match=r"ear/b\.txt, voice/c\.txt.*pull default piper") as e:
        here.load(file.name for file in here.manifest.files)
    assert "ear/a.txt" not in str(e.value)


def test_a_name_that_is_not_in_the_manifest_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "ear/a.txt", CONTENT)
    with pytest.raises(ModelUnknown, match=r"ear/a\.txt"):
        shelf(tmp_path).load(["ear/a.txt"])


def test_the_folder_is_the_chosen_one_else_in_the_cache(tmp_path: Path) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    assert models_folder(cache) == tmp_path / "inglenook" / "models"
    assert models_folder({**cache, "INGLENOOK_MODELS": "/srv/models"}) == Path("/srv/models")
    assert models_folder({"INGLENOOK_MODELS": ""}) == Path.home() / ".cache/inglenook/models"


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ('"serial": ', '"serial": -'),
        ('"serial": ', '"surprise": 2, "serial": '),
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
def test_a_wrong_manifest_is_refused(found: str, wrong: str) -> None:
    text = PACKAGED.read_text()
    assert found in text
    with pytest.raises(ManifestInvalid):
        decode(text.replace(found, wrong, 1).encode(), "of a test")


def test_the_packaged_manifest_is_whole() -> None:
    manifest = read_list().manifest
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


def test_a_manifest_survives_being_written_and_read() -> None:
    manifest = read_list().manifest
    assert decode(msgspec.json.encode(manifest), "of a test") == manifest


def test_a_link_is_not_followed_and_a_pipe_not_waited_for(tmp_path: Path) -> None:
    """Though the file behind it is the right one: what is loaded lies on the shelf."""
    put(tmp_path, "elsewhere/a.txt", CONTENT)
    here = shelf(tmp_path, model("ear/a.txt", CONTENT), model("ear/b.txt", b""))
    (tmp_path / "ear").mkdir()
    (tmp_path / "ear/a.txt").symlink_to(tmp_path / "elsewhere/a.txt")
    os.mkfifo(tmp_path / "ear/b.txt")
    for file in here.manifest.files:
        assert here.verify(file) == "damaged"
        with pytest.raises(ModelDamaged):
            here.load([file.name])


def test_a_file_that_changes_while_it_is_loaded_is_judged_as_it_was_read(tmp_path: Path) -> None:
    """Another process writes all the time: what comes is the right content, or nothing."""
    right, wrong = b"right " * 500_000, b"wrong " * 500_000
    put(tmp_path, "ear/a.txt", right)
    here = shelf(tmp_path, model("ear/a.txt", right))
    code = (
        "import sys\n"
        "with open(sys.argv[1], 'r+b', buffering=0) as file:\n"
        "    while True:\n"
        "        for word in (b'wrong ', b'right '):\n"
        "            file.seek(0)\n"
        "            file.write(word * 500_000)\n"
    )
    seen: set[bytes | None] = set()
    with subprocess.Popen([sys.executable, "-c", code, str(here.folder / "ear/a.txt")]) as writer:
        patience = time.monotonic() + 30
        while None not in seen and time.monotonic() < patience:
            try:
                seen.add(here.load(["ear/a.txt"])["ear/a.txt"])
            except ModelDamaged:
                seen.add(None)
        writer.kill()
    assert wrong not in seen
    assert seen <= {right, None}
    assert None in seen  # it did change under us


def test_a_file_of_the_list_that_must_not_be_loaded_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "ear/a.pt", CONTENT)
    with pytest.raises(ContentRefused, match=r"ear/a\.pt"):
        shelf(tmp_path, model("ear/a.pt", CONTENT)).load(["ear/a.pt"])
