"""`inglenook look` and `inglenook states learn` as their users run them."""

import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from hub.__main__ import main
from hub.shelf.shelf import open_shelf
from tests.conftest import missing
from tests.vision.paint import place
from tests.vision.sources.camera import film


@pytest.fixture(autouse=True)
def detector() -> None:
    shelf = open_shelf()
    if shelf.state(shelf.manifest.file("yolox/yolox_nano.onnx")) != "here":
        missing("No detector on the shelf: run inglenook models pull eyes.")


def looked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    status = main(["look", "--json", *words])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_pictures_videos_and_folders(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = film(tmp_path / "clip.mp4", [place(seed=n) for n in range(20)], fps=5)
    photos = data / "vision" / "ambianic"
    status, found = looked(capsys, str(photos), str(clip))
    assert status == 0
    assert len(found) == 8
    by_name = {Path(str(each["file"])).name: each for each in found}
    things = by_name["person2-face1.jpg"]["things"]
    assert isinstance(things, list)
    assert sum(thing["label"] == "person" for thing in things) == 2
    assert "things" not in by_name["background.jpg"]


def test_what_cannot_be_looked_at_is_named_and_the_next_is_looked_at(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.jpg").write_bytes(os.urandom(2_000))
    (tmp_path / "empty.png").write_bytes(b"")
    tiny = cv2.imencode(".png", np.zeros((1, 1, 3), np.uint8))[1].tobytes()
    (tmp_path / "tiny.png").write_bytes(tiny)
    photo = data / "vision" / "ambianic" / "person.jpg"
    status = main(["look", str(tmp_path), str(tmp_path / "none.jpg"), str(photo)])
    said = capsys.readouterr()
    assert status == 2
    assert all(name in said.err for name in ("broken.jpg", "empty.png", "none.jpg"))
    assert "person" in said.out
    assert "tiny.png: nothing" in said.out


def test_nothing_to_look_at(tmp_path: Path) -> None:
    assert main(["look"]) == 2
    assert main(["look", str(tmp_path)]) == 2
    assert main(["look", "--references", str(tmp_path / "none.json")]) == 2


def test_it_scores_itself(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a few of the photographs: the last line is one object."""
    labels = data / "vision" / "coco_train" / "instances_train50.json"
    names = [each["file_name"] for each in json.loads(labels.read_text())["images"]][:6]
    status, found = looked(capsys, *names, "--references", str(labels))
    assert status == 0
    assert len(found) == 7
    assert set(found[-1]) == {"n", "recall", "threshold", "p50", "p95"}
    recall = found[-1]["recall"]
    assert isinstance(recall, float)
    assert 0 <= recall <= 1


def test_states_are_learnt_from_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for state, light in (("open", 40), ("closed", 200)):
        folder = tmp_path / state
        folder.mkdir()
        for number in range(5):
            pixels = place(light, seed=number)[:, :, ::-1]
            cv2.imwrite(str(folder / f"{number}.png"), pixels)
    learnt = tmp_path / "door.json"
    words = [f"{state}={tmp_path / state}" for state in ("open", "closed")]
    assert main(["states", "learn", str(learnt), *words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["states"] == ["open", "closed"]
    assert learnt.stat().st_size < 60_000
    assert main(["states", "learn", str(learnt), words[0]]) == 2
    assert main(["states", "learn", str(learnt), "open"]) == 2
    assert main(["states", "learn", str(learnt), "open=/nowhere.png", words[1]]) == 2
