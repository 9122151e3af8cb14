"""Who is in a zone, and who goes over a line."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vision.boxes import Box
from vision.events import Crossed
from vision.lines import Line, Lines
from vision.tracking import Track
from vision.zones import Zone, Zones

LEFT_HALF = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
UPRIGHT = Line("gate", (0.5, 1.0), (0.5, 0.0))
"""From below to above: its right is the right of the picture."""


def at(x: float, y: float = 0.6, number: int = 1, label: str = "person") -> Track:
    box = Box(x - 0.05, y - 0.3, x + 0.05, y)
    return Track(number, label, box, 0.0, 0.0, [0.9], [label], confirmed=True, rest=(box, 0.0))


def inside(zone: Zone, xs: list[float]) -> list[bool]:
    zones = Zones([zone])
    return [bool(zones.step([at(x)], n / 5)[1]) for n, x in enumerate(xs)]


def test_where_it_appears_it_is_and_it_leaves_after_a_few_pictures() -> None:
    zone = Zone("left", LEFT_HALF, inertia=3)
    assert inside(zone, [0.3, 0.7, 0.7, 0.7, 0.7]) == [True, True, True, False, False]
    assert inside(zone, [0.7, 0.3, 0.3, 0.3]) == [False, False, False, True]


def test_one_picture_on_the_other_side_is_not_believed() -> None:
    assert all(inside(Zone("left", LEFT_HALF), [0.3, 0.7, 0.3, 0.7, 0.7, 0.3]))


def test_it_counts_when_it_has_stayed() -> None:
    found = inside(Zone("left", LEFT_HALF, dwell=1.0), [0.3] * 8)
    assert found == [False] * 5 + [True] * 3


def test_only_what_is_wanted_counts() -> None:
    zones = Zones([Zone("left", LEFT_HALF, labels=("car",))])
    assert zones.step([at(0.3)], 0.0) == {1: frozenset()}
    assert zones.step([at(0.3, number=2, label="car")], 0.2) == {2: frozenset({"left"})}


@given(st.lists(st.floats(0.05, 0.95), max_size=30), st.integers(1, 5))
def test_a_change_needs_as_many_pictures_as_it_says(xs: list[float], inertia: int) -> None:
    found = inside(Zone("left", LEFT_HALF, inertia=inertia), xs)
    changes = [n for n in range(1, len(found)) if found[n] != found[n - 1]]
    for n in changes:
        assert all((x < 0.5) == found[n] for x in xs[n - inertia + 1 : n + 1])


def crossed(xs: list[float], line: Line = UPRIGHT, y: float = 0.6) -> list[str]:
    lines = Lines([line])
    return [event.way for x in xs for event in lines.step([at(x, y)])]


def test_over_the_line_and_back() -> None:
    assert crossed([0.3, 0.4, 0.6, 0.7]) == ["in"]
    assert crossed([0.7, 0.4]) == ["out"]
    assert crossed([0.3, 0.7, 0.3]) == ["in", "out"]
    assert list(Lines([UPRIGHT]).step([at(0.5)])) == []


def test_swaying_on_the_line_counts_once_at_most() -> None:
    assert crossed([0.4, 0.49, 0.51, 0.495, 0.505, 0.6]) == ["in"]
    assert crossed([0.4, 0.49, 0.51, 0.495, 0.4]) == []


def test_around_the_end_of_a_line_is_not_over_it() -> None:
    short = Line("gate", (0.5, 0.5), (0.5, 0.0))
    assert crossed([0.3, 0.7], short, y=0.9) == []
    assert crossed([0.3, 0.7], short, y=0.4) == ["in"]


@given(st.lists(st.floats(0.05, 0.95), max_size=40))
def test_ins_and_outs_take_turns(xs: list[float]) -> None:
    found = crossed(xs)
    assert all(one != other for one, other in pairwise(found))


def test_what_was_crossed_is_told_with_its_label() -> None:
    lines = Lines([Line("gate", (0.5, 1.0), (0.5, 0.0), ("car",))])
    list(lines.step([at(0.3, label="car")]))
    assert list(lines.step([at(0.7, label="car")])) == [Crossed("gate", "car", "in")]
