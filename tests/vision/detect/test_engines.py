"""Every detector: on photographs where there is a model, on small graphs where there is none."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto

from hub.engines import Workshop, engine_module, engine_names, make_options
from hub.looking import picture
from hub.settings import EngineChoice
from hub.shelf.shelf import open_shelf
from tests.conftest import missing
from tests.vision.detect.graphs import PICTURE, graph
from vision.coco import LABELS
from vision.detect import detr, nanodet
from vision.engines import Detector, EngineError
from vision.letterbox import letterbox
from vision.thorough import thorough


@pytest.fixture(scope="module", params=["yolox", "opencv"])
def detector(request: pytest.FixtureRequest) -> Detector:
    shelf = open_shelf()
    if shelf.state(shelf.manifest.file("yolox/yolox_nano.onnx")) != "here":
        missing("No detector on the shelf: run inglenook models pull eyes.")
    return Workshop(shelf).detector(EngineChoice(engine=request.param))


def people(detector: Detector, file: Path) -> int:
    return sum(e.label == "person" and e.score > 0.5 for e in detector.detect(picture(file)))


def test_there_are_these_engines() -> None:
    assert set(engine_names("detect")) == {"yolox", "opencv", "nanodet", "detr"}


@pytest.mark.parametrize(
    ("name", "count"), [("background", 0), ("person", 1), ("person2-face1", 2), ("person-face", 1)]
)
def test_people_on_photographs(detector: Detector, data: Path, name: str, count: int) -> None:
    assert people(detector, data / "vision" / "ambianic" / f"{name}.jpg") == count


def test_two_runtimes_find_the_same(data: Path) -> None:
    shelf = open_shelf()
    photo = picture(data / "vision" / "ambianic" / "person-couch.jpg")
    ours, theirs = (
        Workshop(shelf).detector(EngineChoice(engine=name)).detect(photo)
        for name in ("yolox", "opencv")
    )
    assert [each.label for each in ours] == [each.label for each in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert one.score == pytest.approx(other.score, abs=0.01)
        assert one.box.left == pytest.approx(other.box.left, abs=0.01)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 3000, 3), (3000, 1, 3), (7, 5, 3)])
def test_any_size(detector: Detector, shape: tuple[int, int, int]) -> None:
    assert isinstance(detector.detect(np.full(shape, 128, np.uint8)), tuple)
    assert isinstance(thorough(detector, np.full(shape, 128, np.uint8)), tuple)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 900), st.integers(1, 900))
def test_a_letterbox_keeps_shares(height: int, width: int) -> None:
    """A point of the picture comes back from the square where it was."""
    box = letterbox(np.zeros((height, width, 3), np.uint8), 416)
    corners = np.asarray([[0, 0, box.width, box.height]], np.float32)
    assert box.share(corners).tolist() == [[0.0, 0.0, 1.0, 1.0]]
    assert box.square.shape == (416, 416, 3)


@pytest.mark.parametrize(
    "pixels", [np.zeros((0, 5, 3), np.uint8), np.zeros((5, 5), np.uint8), np.zeros((5, 5, 4))]
)
def test_what_is_no_picture_is_refused(pixels: np.ndarray) -> None:
    with pytest.raises(EngineError, match="no picture"):
        letterbox(pixels, 416)


def test_a_graph_of_another_form_is_refused_in_plain_words() -> None:
    other = graph({"x": ((1, 5), TensorProto.FLOAT)}, {"y": np.zeros((1, 5), np.float32)})
    square = graph(PICTURE, {"y": np.zeros((1, 5, 7), np.float32)})
    for name, values in (("yolox", {}), ("nanodet", {}), ("detr", {"model": "test"})):
        module = engine_module("detect", name)
        for model in (other, square, b"", b"no model at all"):
            with pytest.raises(EngineError):
                _looked(module, make_options(module, values), model)


def _looked(module: ModuleType, options: object, model: bytes) -> None:
    engine: Detector = module.Engine(options, {"model": model})
    engine.detect(np.zeros((8, 8, 3), np.uint8))


DOG = LABELS.index("dog")


def test_detr_with_boxes() -> None:
    model = graph(
        {**PICTURE, "orig_target_sizes": ((1, 2), TensorProto.INT64)},
        {
            "labels": np.asarray([[DOG, 0, 500]], np.int64),
            "boxes": np.asarray([[[0, 0, 32, 64], [0, 0, 9, 9], [0, 0, 9, 9]]], np.float32),
            "scores": np.asarray([[0.9, 0.1, 0.99]], np.float32),
        },
    )
    [found] = detr.Engine(detr.Options("test"), {"m": model}).detect(np.zeros((9, 9, 3), np.uint8))
    assert (found.label, found.box.right, found.box.bottom) == ("dog", 0.5, 1.0)


def test_detr_with_logits() -> None:
    logits = np.full((1, 2, 80), -9, np.float32)
    logits[0, 1, DOG] = 3
    boxes = np.asarray([[[0.5, 0.5, 1, 1], [0.5, 0.25, 0.5, 0.5]]], np.float32)
    model = graph(PICTURE, {"logits": logits, "pred_boxes": boxes})
    [found] = detr.Engine(detr.Options("test"), {"m": model}).detect(np.zeros((9, 9, 3), np.uint8))
    assert found.label == "dog"
    assert (found.box.left, found.box.top, found.box.bottom) == (0.25, 0.0, 0.5)


@pytest.mark.parametrize("parted", [True, False])
def test_nanodet(parted: bool) -> None:
    """One cell of the second grid sees a dog, four, three, two and one cells from its centre."""
    sides = (8, 4, 2, 1)
    scores = [np.zeros((1, side * side, 80), np.float32) for side in sides]
    edges = [np.zeros((1, side * side, 32), np.float32) for side in sides]
    cell = 2 * 4 + 2
    scores[1][0, cell, DOG] = 0.8
    for edge, away in enumerate((2, 1, 1, 0)):
        edges[1][0, cell, edge * 8 + away] = 50
    if parted:
        told = {f"s{n}": each for n, each in enumerate(scores)}
        told |= {f"e{n}": each for n, each in enumerate(edges)}
    else:
        whole = [np.concatenate(pair, axis=2) for pair in zip(scores, edges, strict=True)]
        told = {"all": np.concatenate(whole, axis=1)}
    engine = nanodet.Engine(nanodet.Options(), {"m": graph(PICTURE, told)})
    [found] = engine.detect(np.zeros((64, 64, 3), np.uint8))
    assert found.label == "dog"
    assert found.score == pytest.approx(0.8)
    box = [found.box.left * 64, found.box.top * 64, found.box.right * 64, found.box.bottom * 64]
    assert box == pytest.approx([0, 16, 48, 32], abs=0.01)
