"""One eye on painted scenes: comings, goings, light, what must not be seen, and bad pictures."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vision.paint import HEIGHT, WIDTH, Red, painted, place
from vision.boxes import Box, Polygon
from vision.events import PICTURE, Crossed, Detection, Moved, View
from vision.images import Image, Pixels
from vision.lines import Line
from vision.second_look import SecondLook
from vision.watcher import Options, Watcher
from vision.zones import Zone

RIGHT = ((0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0))
SOMEBODY = Box(0.7, 0.3, 0.8, 0.8)


def watched(scene: Iterable[Pixels], options: Options | None = None) -> list[View]:
    watcher = Watcher(options or Options(zones=(Zone("right", RIGHT),)), Red())
    return [watcher.see(Image(pixels, n / 5)) for n, pixels in enumerate(scene)]


def quiet(count: int, first: int = 0) -> list[Pixels]:
    return [place(seed=first + n) for n in range(count)]


def with_somebody(count: int, box: Box = SOMEBODY) -> list[Pixels]:
    return [painted(place(seed=100 + n), box) for n in range(count)]


def people(views: list[View], zone: str = PICTURE) -> list[int]:
    return [view.counts[zone].get("person", 0) for view in views]


def test_somebody_comes_and_goes() -> None:
    views = watched([*quiet(10), *with_somebody(10), *quiet(12, 50)])
    assert people(views)[:10] == [0] * 10
    assert people(views, "right")[12:20] == [1] * 8
    assert people(views)[-4:] == [0] * 4


def test_who_sits_still_stays_counted() -> None:
    views = watched([*quiet(5), *with_somebody(600)])
    assert set(people(views)[10:]) == {1}
    assert views[-1].sightings[0].still


def test_who_rests_costs_little() -> None:
    watcher = Watcher(Options(), Red())
    scene = [*quiet(5), *with_somebody(600)]
    looks = []
    for n, pixels in enumerate(scene):
        watcher.see(Image(pixels, n / 5))
        looks.append(watcher.detections)
    assert looks[-1] - looks[-300] < 300 / 5


def test_nothing_moves_and_little_is_looked_at() -> None:
    watcher = Watcher(Options(), Red())
    for n, pixels in enumerate(quiet(300)):
        watcher.see(Image(pixels, n / 5))
    assert watcher.detections < 15


@pytest.mark.parametrize("to", [40, 200])
def test_the_light_changes_and_nothing_has_moved(to: int) -> None:
    """At once, as a lamp, and slowly, as the day."""
    sudden = [*quiet(20), *(place(to, seed=n) for n in range(20))]
    slow = [place(round(120 + (to - 120) * n / 150), seed=n) for n in range(150)]
    for scene in (sudden, slow):
        views = watched(scene)
        assert sum(people(views)) == 0
        assert sum(view.moving for view in views) <= 2


def test_a_person_in_sudden_light_is_still_there() -> None:
    bright = [painted(place(200, seed=n), SOMEBODY) for n in range(10)]
    views = watched([*quiet(5), *with_somebody(10), *bright])
    assert people(views)[-8:] == [1] * 8


def walk(count: int) -> list[Pixels]:
    boxes = (Box(x, 0.3, x + 0.1, 0.8) for x in np.linspace(0.1, 0.8, count))
    return [painted(place(seed=n), box) for n, box in enumerate(boxes)]


def test_a_line_is_crossed() -> None:
    options = Options(lines=(Line("gate", (0.5, 1.0), (0.5, 0.0)),))
    views = watched([*quiet(5), *walk(20), *reversed(walk(20))], options)
    events = [event for view in views for event in view.events]
    assert events == [Crossed("gate", "person", "in"), Crossed("gate", "person", "out")]


def test_a_parcel_is_left_and_taken() -> None:
    zone = Zone("door", RIGHT, objects=True)
    parcel = Box(0.6, 0.7, 0.72, 0.9)
    brown = (120, 70, 35)
    there = [painted(place(seed=n), parcel, brown) for n in range(60)]
    scene = [*quiet(40), *with_somebody(10), *there, *with_somebody(8), *quiet(60, 70)]
    views = watched(scene, Options(zones=(zone,)))
    events = [event for view in views for event in view.events]
    assert events == [Moved("door", "left"), Moved("door", "taken")]
    assert [views[48].left, views[105].left, views[-1].left] == [
        {"door": 0},
        {"door": 1},
        {"door": 0},
    ]


def test_light_leaves_no_parcel() -> None:
    zone = Zone("door", RIGHT, objects=True)
    scene = [*quiet(40), *(place(180, seed=n) for n in range(60)), *quiet(60)]
    views = watched(scene, Options(zones=(zone,)))
    assert [event for view in views for event in view.events] == []


def test_a_second_look_tells_a_state_when_two_agree() -> None:
    def bright(pixels: Pixels) -> dict[str, float]:
        share = float(pixels.mean()) / 255
        return {"light": share, "dark": 1 - share}

    look = SecondLook("lamp", RIGHT, bright, every=1.0)
    watcher = Watcher(Options(), Red(), [look])
    told = []
    for n in range(60):
        view = watcher.see(Image(place(60 if n < 30 else 220, seed=n), n / 5))
        told.append(view.states.get("lamp"))
    assert told[0] is None
    assert (told[25], told[-1]) == ("dark", "light")


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 500, 3), (500, 1, 3), (2, 3, 3), (900, 1600, 3)])
def test_a_picture_of_any_size(shape: tuple[int, int, int]) -> None:
    views = watched([np.full(shape, 90 + n, np.uint8) for n in range(4)])
    assert len(views) == 4


def test_a_stream_that_turns_and_a_clock_that_stands() -> None:
    watcher = Watcher(Options(zones=(Zone("right", RIGHT),)), Red())
    upright = [np.ascontiguousarray(np.rot90(pixels)) for pixels in with_somebody(6)]
    scene = (*with_somebody(6), *upright, *with_somebody(6))
    view = [watcher.see(Image(pixels, 7.0)) for pixels in scene][-1]
    assert view.counts[PICTURE]["person"] == 1


POLYGONS = (
    ((0.55, 0.2), (0.95, 0.35), (0.7, 0.95)),
    ((0.1, 0.1), (0.9, 0.1), (0.9, 0.8), (0.7, 0.8), (0.7, 0.3), (0.1, 0.3)),
    ((0.4003, 0.0), (0.4011, 0.0), (0.4011, 1.0), (0.4003, 1.0)),
)
"""Slanting, concave, and thinner than a pixel."""


def touched(polygon: Polygon) -> "np.typing.NDArray[np.bool_]":
    """Every pixel of which any of six times six points lies in the polygon."""
    rows, columns = np.mgrid[: HEIGHT * 6, : WIDTH * 6]
    x, y = (columns + 0.5) / (6 * WIDTH), (rows + 0.5) / (6 * HEIGHT)
    within = np.zeros(x.shape, np.bool_)
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if y1 != y2:
            within ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return np.asarray(within.reshape(HEIGHT, 6, WIDTH, 6).any(axis=(1, 3)), np.bool_)


TOUCHED = tuple(map(touched, POLYGONS))


def noisy(pixels: Pixels, which: int, seed: int) -> Pixels:
    out, where = pixels.copy(), TOUCHED[which]
    noise = np.random.default_rng(seed)
    out[where] = noise.integers(0, 256, (int(where.sum()), 3), dtype=np.uint8)
    return out


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 0.9), st.floats(0, 0.5)), min_size=5, max_size=12),
    st.integers(0, len(POLYGONS) - 1),
    st.integers(0, 999),
)
def test_what_must_not_be_seen_changes_nothing(
    spots: list[tuple[float, float]], which: int, seed: int
) -> None:
    """Whatever is in the pixels that a polygon touches, every word is the same."""
    scene = [painted(place(seed=n), Box(x, y, x + 0.1, y + 0.5)) for n, (x, y) in enumerate(spots)]
    options = Options(
        never_see=(POLYGONS[which],),
        zones=(Zone("right", RIGHT, objects=True),),
        lines=(Line("gate", (0.5, 1.0), (0.5, 0.0)),),
    )
    other = [noisy(pixels, which, seed + n) for n, pixels in enumerate(scene)]
    assert watched(other, options) == watched(scene, options)


def test_light_on_a_picture_that_is_mostly_hidden_is_no_motion() -> None:
    most = ((0.0, 0.0), (0.7, 0.0), (0.7, 1.0), (0.0, 1.0))
    scene = [*quiet(20), *(place(200, seed=n) for n in range(40))]
    views = watched(scene, Options(never_see=(most,)))
    assert sum(view.moving for view in views) <= 2


def test_a_car_that_parks_was_not_left() -> None:
    class Cars(Red):
        labels = ("car",)

        def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
            return tuple(replace(each, label="car") for each in super().detect(pixels))

    zone = Zone("drive", RIGHT, labels=("car",), objects=True)
    scene = [*quiet(40), *with_somebody(120)]
    watcher = Watcher(Options(zones=(zone,), labels=("car",)), Cars())
    views = [watcher.see(Image(pixels, n / 5)) for n, pixels in enumerate(scene)]
    assert [event for view in views for event in view.events] == []
    assert views[-1].counts["drive"] == {"car": 1}


def test_what_was_put_down_does_not_move() -> None:
    brown = [painted(place(seed=n), Box(0.6, 0.7, 0.72, 0.9), (120, 70, 35)) for n in range(60)]
    views = watched([*quiet(20), *brown])
    assert sum(view.moving for view in views) < 15
    assert not views[-1].moving
