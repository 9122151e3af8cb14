"""What `inglenook look` sees in files of every kind and size, and a score that can be foretold."""

import argparse
import json
import shutil
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from hub.cli.look import add_parser, run
from hub.shelf.shelf import open_shelf
from tests.conftest import missing
from vision.images import Pixels

MODEL = "yolox/yolox_nano.onnx"
BOX = [0.13, 0.29, 0.51, 1.0]
"""The person of the photograph."""


@pytest.fixture(autouse=True)
def _away_from_any_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = open_shelf()
    if shelf.state(shelf.manifest.file(MODEL)) != "here":
        missing("No detector on the shelf: run inglenook models pull eyes.")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def photo(data: Path) -> Path:
    return data / "vision" / "ambianic" / "person.jpg"


def look(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return run(parser.parse_args(["look", *map(str, words)]))


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def best_person(looked: dict[str, object]) -> list[float]:
    things = looked["things"]
    assert isinstance(things, list)
    box = next(each["box"] for each in things if each["label"] == "person")
    assert isinstance(box, list)
    return box


def read(photo: Path) -> Pixels:
    return np.asarray(cv2.imread(str(photo)), np.uint8)


def written(file: Path, pixels: NDArray[np.integer]) -> Path:
    assert cv2.imwrite(str(file), pixels)
    return file


def turned(file: Path, pixels: Pixels, orientation: int) -> Path:
    """A JPEG whose EXIF says how it is to be turned."""
    entry = struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4)
    exif = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
    plain = cv2.imencode(".jpg", pixels)[1].tobytes()
    file.write_bytes(plain[:2] + exif + plain[2:])
    return file


def test_in_words(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert look(photo) == 0
    assert capsys.readouterr().out.startswith(f"{photo}: 1 person")


@pytest.mark.parametrize(("name", "size"), [("huge.jpg", (8000, 6000)), ("small.png", (160, 90))])
def test_any_size_shows_the_same(
    photo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    size: tuple[int, int],
) -> None:
    pixels = cv2.resize(read(photo), size)
    assert look("--json", written(tmp_path / name, np.asarray(pixels, np.uint8))) == 0
    assert best_person(told(capsys)[0]) == pytest.approx(BOX, abs=0.05)


@pytest.mark.parametrize(
    ("orientation", "back"),
    [
        (1, None),
        (3, cv2.ROTATE_180),
        (6, cv2.ROTATE_90_COUNTERCLOCKWISE),
        (8, cv2.ROTATE_90_CLOCKWISE),
    ],
)
def test_a_turned_photo_is_seen_upright(
    photo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    orientation: int,
    back: int | None,
) -> None:
    pixels = read(photo)
    lying = pixels if back is None else np.asarray(cv2.rotate(pixels, back), np.uint8)
    assert look("--json", turned(tmp_path / "turned.jpg", lying, orientation)) == 0
    assert best_person(told(capsys)[0]) == pytest.approx(BOX, abs=0.03)


def test_grey_deep_and_see_through_pictures(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    colours = read(photo)
    grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), np.uint8)
    alpha = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2BGRA), np.uint8)
    written(tmp_path / "alpha.png", alpha)
    written(tmp_path / "deep.png", grey.astype(np.uint16) * 256)
    written(tmp_path / "grey.png", grey)
    assert look("--json", tmp_path) == 0
    found = told(capsys)
    assert len(found) == 3
    for each in found:
        assert best_person(each) == pytest.approx(BOX, abs=0.03)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 2000, 3), (2000, 1, 3)])
def test_hardly_a_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shape: tuple[int, int, int]
) -> None:
    assert look("--json", written(tmp_path / "hardly.png", np.zeros(shape, np.uint8))) == 0
    assert len(told(capsys)) == 1


def test_half_a_photo_still_shows_something(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = photo.read_bytes()
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])
    assert look("--json", tmp_path / "half.jpg") == 0
    assert len(told(capsys)) == 1


def test_a_film_tells_its_moments(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = data / "vision" / "video" / "bottle-detection.mp4"
    assert look("--json", film) == 0
    moments = told(capsys)[0]["moments"]
    assert isinstance(moments, list)
    assert any(moment["counts"].get("bottle") for moment in moments)
    times = [moment["at"] for moment in moments]
    assert times == sorted(times)
    assert times[-1] <= 40


def test_without_a_detector_it_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INGLENOOK_MODELS", str(tmp_path / "bare"))
    assert look("any.jpg") == 1
    assert "inglenook models pull eyes" in capsys.readouterr().err


def test_a_flat_folder_of_models_does(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf = open_shelf()
    shutil.copy(shelf.path(shelf.manifest.file(MODEL)), tmp_path / "yolox_nano.onnx")
    monkeypatch.setenv("INGLENOOK_MODELS", str(tmp_path))
    assert look("--json", photo) == 0
    assert best_person(told(capsys)[0]) == pytest.approx(BOX, abs=0.03)


def instances(folder: Path, photo: Path, *names: str) -> Path:
    """COCO's labels: in each picture one person, where there is one, and a small one, who is not
    asked for.
    """
    (folder / "images").mkdir()
    for name in names:
        shutil.copy(photo, folder / "images" / name)
    height, width = 720, 1280
    left, top, right, bottom = BOX
    person = [left * width, top * height, (right - left) * width, (bottom - top) * height]
    labels = {
        "images": [
            {"id": number, "file_name": name, "width": width, "height": height}
            for number, name in enumerate((*names, "lost.jpg"))
        ],
        "categories": [{"id": 1, "name": "person"}, {"id": 2, "name": "bicycle"}],
        "annotations": [
            {"image_id": number, "category_id": kind, "bbox": box, "iscrowd": 0}
            for number in range(len(names))
            for kind, box in ((1, person), (1, [900, 100, 20, 60]), (2, [0, 0, 500, 500]))
        ],
    }
    file = folder / "instances.json"
    file.write_text(json.dumps(labels))
    return file


def test_it_scores_itself(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = instances(tmp_path, photo, "one.jpg", "two.jpg")
    assert look("--json", "--references", file) == 2  # a picture is not there, and is named
    printed = capsys.readouterr()
    assert "lost.jpg" in printed.err
    *pictures, last = map(json.loads, printed.out.splitlines())
    assert [Path(each["file"]).name for each in pictures] == ["one.jpg", "two.jpg"]
    assert list(last) == ["n", "recall", "threshold", "p50", "p95"]
    assert (last["n"], last["recall"]) == (2, 1.0)
    assert 0 < last["threshold"] < 1
    assert 0 < last["p50"] <= last["p95"]
