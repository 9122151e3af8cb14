"""Rectangles and polygons keep their laws at every size."""

from hypothesis import given
from hypothesis import strategies as st

from vision.boxes import WHOLE, Box, inside, iou, shared
from vision.regions import regions

SHARE = st.floats(0, 1)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    (left, right), (top, bottom) = (sorted((draw(SHARE), draw(SHARE))) for _ in range(2))
    return Box(left, top, right, bottom)


@given(boxes(), boxes())
def test_overlap_is_symmetric_and_bounded(one: Box, other: Box) -> None:
    assert iou(one, other) == iou(other, one)
    assert 0 <= iou(one, other) <= 1 + 1e-9
    assert shared(one, other) <= min(one.area, other.area) + 1e-9


@given(boxes(), boxes())
def test_a_box_within_another_lies_within_it(inner: Box, outer: Box) -> None:
    found = inner.within(outer)
    assert outer.left - 1e-9 <= found.left <= found.right <= outer.right + 1e-9
    assert inner.within(WHOLE) == inner


def test_a_point_in_a_polygon() -> None:
    hook = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.8, 1.0), (0.8, 0.2), (0.0, 0.2))
    assert inside(hook, (0.5, 0.1))
    assert inside(hook, (0.9, 0.9))
    assert not inside(hook, (0.5, 0.5))


@given(st.lists(boxes(), min_size=1, max_size=8), st.integers(100, 2000), st.integers(100, 2000))
def test_few_parts_hold_all_that_is_wanted(wanted: list[Box], width: int, height: int) -> None:
    found = regions(wanted, width, height, 416)
    assert len(found) <= 2
    for box in wanted:
        middle = box.centre
        assert any(
            part.left - 1e-6 <= middle[0] <= part.right + 1e-6
            and part.top - 1e-6 <= middle[1] <= part.bottom + 1e-6
            for part in found
        )
    for part in found:
        assert part.width * width >= min(416, width) - 1e-6
        assert part.height * height >= min(416, height) - 1e-6
