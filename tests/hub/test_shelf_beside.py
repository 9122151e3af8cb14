"""Models that lie elsewhere on this machine, or under their bare names, or as another export."""

import os
from pathlib import Path

import pytest

from hub.shelf.errors import Offline
from hub.shelf.fetch import pull
from hub.shelf.manifest import Export, ModelFile
from hub.shelf.shelf import Shelf
from tests.hub.shelf_parts import CONTENT, model, shelf

OTHER = b"another tool wrote " * 900


def nobody_listens(_label: str, _done: int, _total: int) -> None:
    """What is fetched need not be shown."""


def two_exports() -> ModelFile:
    """Known as CONTENT and as OTHER."""
    other = model("eye/a.txt", OTHER)
    known = model("eye/a.txt", CONTENT)
    return ModelFile(
        name=known.name,
        group=known.group,
        version=known.version,
        licence=known.licence,
        size=known.size,
        sha256=known.sha256,
        sources=known.sources,
        also=(Export(other.size, other.sha256),),
    )


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The second of two folders that are looked into; the first is not there."""
    folder = tmp_path / "beside"
    folder.mkdir()
    places = os.pathsep.join((str(tmp_path / "nowhere"), str(folder)))
    monkeypatch.setenv("INGLENOOK_MODELS_FROM", places)
    return folder


def pulled(here: Shelf) -> list[str]:
    return [file.name for file in pull(here, here.manifest.files, nobody_listens)]


@pytest.mark.parametrize("content", [CONTENT, OTHER])
def test_either_export_comes_from_a_folder_before_any_network(
    tmp_path: Path, beside: Path, content: bytes
) -> None:
    (beside / "a.txt").write_bytes(content)
    here = shelf(tmp_path / "shelf", two_exports())
    assert pulled(here) == ["eye/a.txt"]
    assert here.verify(here.manifest.files[0]) == "here"
    assert here.load(["eye/a.txt"]) == {"eye/a.txt": content}


@pytest.mark.parametrize("content", [CONTENT[:-1] + b"!", OTHER[:-1] + b"!", b"", CONTENT + OTHER])
def test_what_only_looks_like_it_is_passed_over(
    tmp_path: Path, beside: Path, content: bytes
) -> None:
    (beside / "a.txt").write_bytes(content)
    here = shelf(tmp_path / "shelf", two_exports())
    with pytest.raises(Offline):  # its only other source, where nobody answers
        pulled(here)
    assert here.state(here.manifest.files[0]) == "missing"


def test_what_cannot_be_read_is_passed_over(tmp_path: Path, beside: Path) -> None:
    (beside / "a.txt").symlink_to("/proc/self/mem")  # a file whose first byte nobody may read
    with pytest.raises(Offline, match=r"a\.txt cannot be read"):
        pulled(shelf(tmp_path / "shelf", two_exports()))


def test_a_flat_folder_is_a_shelf_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(OTHER)
    here = shelf(tmp_path, two_exports())
    assert here.verify(here.manifest.files[0]) == "here"
    assert here.load(["eye/a.txt"]) == {"eye/a.txt": OTHER}


def test_a_namesake_in_a_flat_folder_is_kept_when_the_model_is_pulled(
    tmp_path: Path, beside: Path
) -> None:
    """`config.json` may be many models', and not ours to overwrite."""
    (beside / "a.txt").write_bytes(CONTENT)
    flat = tmp_path / "flat"
    flat.mkdir()
    (flat / "a.txt").write_bytes(b"of something else")
    here = shelf(flat, two_exports())
    assert pulled(here) == ["eye/a.txt"]
    assert here.load(["eye/a.txt"]) == {"eye/a.txt": CONTENT}
    assert (flat / "a.txt").read_bytes() == b"of something else"
