"""The engine on real photos: where faces are, whose they are, and any picture at all."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hub.looking import picture
from hub.shelf.shelf import open_shelf
from vision.boxes import Box, iou
from vision.engines import EngineError
from vision.faces.sface import Engine, Options, files
from vision.images import Pixels
from vision.quality import COMPARE, ENROL, fault
from vision.thorough import part


@pytest.fixture(scope="module")
def engine(models: Path) -> Engine:
    return Engine(Options(), open_shelf().load(files(Options())))


@pytest.fixture(scope="module")
def trio(data: Path) -> Pixels:
    """Three faces, whose places a person has labelled."""
    return picture(data / "vision/faces_dlib/2008_001322.jpg")


PLACES = ((104, 162, 76, 76), (232, 218, 63, 63), (344, 155, 90, 90))


def test_faces_are_where_they_were_labelled(engine: Engine, trio: Pixels) -> None:
    height, width = trio.shape[:2]
    found = engine.faces(trio)
    assert len(found) == len(PLACES)
    for left, top, wide, high in PLACES:
        place = Box(left / width, top / height, (left + wide) / width, (top + high) / height)
        assert max(iou(face.box, place) for face in found) > 0.4
    assert [face.score for face in found] == sorted((f.score for f in found), reverse=True)


def test_one_person_is_like_themselves_and_unlike_others(engine: Engine, trio: Pixels) -> None:
    mirrored = np.ascontiguousarray(trio[:, ::-1])
    mine = sorted(engine.faces(trio), key=lambda face: face.box.left)
    turned = sorted(engine.faces(mirrored), key=lambda face: -face.box.left)
    plain = np.stack([engine.embed(trio, face) for face in mine])
    other = np.stack([engine.embed(mirrored, face) for face in turned])
    np.testing.assert_allclose(np.linalg.norm(plain, axis=1), 1, atol=1e-5)
    alike = plain @ other.T
    assert np.diag(alike).min() > 0.55
    assert alike[~np.eye(len(alike), dtype=bool)].max() < 0.45


def test_a_face_of_a_part_is_that_of_the_whole(engine: Engine, trio: Pixels) -> None:
    cut, exact = part(trio, Box(0.6, 0.25, 1.0, 0.8))
    [again] = engine.faces(cut)
    whole = max(engine.faces(trio), key=lambda each: each.box.left)
    assert iou(again.box.within(exact), whole.box) > 0.7
    assert float(engine.embed(cut, again) @ engine.embed(trio, whole)) > 0.8


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 70), st.integers(1, 70), st.just(3))))
def test_any_picture(engine: Engine, pixels: Pixels) -> None:
    for face in engine.faces(pixels):
        assert engine.embed(pixels, face).shape == (128,)
        fault(pixels, face, ENROL)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 4000, 3), (4000, 1, 3), (3000, 4000, 3)])
def test_any_size(engine: Engine, shape: tuple[int, ...]) -> None:
    assert engine.faces(np.zeros(shape, np.uint8)) == ()


@pytest.mark.parametrize("shape", [(0, 0, 3), (10, 10), (10, 10, 4)])
def test_what_is_no_picture_is_refused(engine: Engine, shape: tuple[int, ...]) -> None:
    with pytest.raises(EngineError, match="no picture"):
        engine.faces(np.zeros(shape, np.uint8))


@pytest.mark.usefixtures("models")
def test_other_models_are_refused() -> None:
    yolox = open_shelf().load(["yolox/yolox_nano.onnx"])["yolox/yolox_nano.onnx"]
    good = open_shelf().load(files(Options()))["faces/yunet.onnx"]
    for given_ in ((b"", b""), (b"no", b"model"), (good, good), (good, yolox)):
        with pytest.raises(EngineError, match="YuNet and SFace"):
            Engine(Options(), dict(zip(files(Options()), given_, strict=True)))


def test_what_is_good_enough(engine: Engine, trio: Pixels) -> None:
    face = max(engine.faces(trio), key=lambda each: each.box.area)
    assert fault(trio, face, ENROL) is None
    small = np.ascontiguousarray(trio[::4, ::4])
    assert fault(small, face, ENROL) == "small"
    assert fault(small, face, COMPARE) == "small"
    flat = np.full_like(trio, 120)
    assert fault(flat, face, ENROL) == "blurred"
    right, left, _, *mouth = face.landmarks
    assert fault(trio, replace(face, landmarks=(right, left, left, *mouth)), ENROL) == "turned"
    aside = (2 * left[0] - right[0], left[1])
    assert fault(trio, replace(face, landmarks=(right, left, aside, *mouth)), COMPARE) == "turned"
    assert fault(trio, replace(face, landmarks=(left, left, left, *mouth)), COMPARE) == "turned"
    assert fault(trio, replace(face, score=0.5), COMPARE) == "unsure"
