"""People who are followed get their names by the real engine on a real photo, moved about."""

from pathlib import Path

import numpy as np
import pytest

from hub.looking import picture
from hub.shelf.shelf import open_shelf
from vision.boxes import Box
from vision.engines import Embedding
from vision.faces.sface import Engine, Options, files
from vision.gallery import Gallery, gallery
from vision.images import Pixels
from vision.people import People

PEOPLE = {1: Box(0.12, 0.3, 0.42, 1.0), 2: Box(0.42, 0.5, 0.62, 1.0), 3: Box(0.62, 0.3, 1.0, 1.0)}
"""About where three people are in the photo."""


@pytest.fixture(scope="module")
def engine(models: Path) -> Engine:
    return Engine(Options(), open_shelf().load(files(Options())))


@pytest.fixture(scope="module")
def trio(data: Path) -> Pixels:
    return picture(data / "vision/faces_dlib/2008_001322.jpg")


@pytest.fixture(scope="module")
def faces(engine: Engine, trio: Pixels) -> list[Embedding]:
    """From left to right."""
    found = sorted(engine.faces(trio), key=lambda face: face.box.left)
    return [engine.embed(trio, face) for face in found]


def watched(engine: Engine, known: Gallery, trio: Pixels, seconds: float) -> People:
    people = People(engine, known, frozenset(each.name for each in known.people))
    for tick in range(round(seconds * 5)):
        moved = np.roll(trio, tick % 3, axis=1)
        people.step(moved, PEOPLE, tick / 5)
    return people


def test_who_enrolled_is_named_after_three_looks_and_nobody_else(
    engine: Engine, trio: Pixels, faces: list[Embedding]
) -> None:
    known = gallery({"Ada": ([faces[0]], ()), "Bob": ([faces[2]], ())})
    people = People(engine, known, frozenset(each.name for each in known.people))
    named = [people.step(trio, PEOPLE, tick / 5) for tick in range(30)]
    assert named[5] == {}
    assert named[-1] == {1: "Ada", 3: "Bob"}
    assert people.step(trio, {3: PEOPLE[3]}, 7.0) == {3: "Bob"}
    assert people.step(trio, PEOPLE, 7.2) == {3: "Bob"}, "who comes again is looked at again"


def test_not_me_takes_the_name_away(engine: Engine, trio: Pixels, faces: list[Embedding]) -> None:
    wrong = gallery({"Ada": ([faces[0]], (faces[0],))})
    assert watched(engine, wrong, trio, 6).step(trio, PEOPLE, 6.0) == {}


def test_a_face_that_could_be_two_peoples_is_nobodys(
    engine: Engine, trio: Pixels, faces: list[Embedding]
) -> None:
    people = People(engine, gallery({"Ada": ([faces[0]], ())}), frozenset({"Ada"}))
    twice = {1: PEOPLE[1], 2: PEOPLE[1]}
    assert [people.step(trio, twice, tick / 5) for tick in range(30)] == [{}] * 30


def test_with_nobody_enrolled_nobody_is_looked_at(trio: Pixels) -> None:
    class Untouched:
        def faces(self, _: Pixels) -> tuple[()]:
            raise AssertionError

        def embed(self, *_: object) -> Embedding:
            raise AssertionError

    assert People(Untouched(), gallery({}), frozenset()).step(trio, PEOPLE, 0.0) == {}
