"""Rectangles and polygons in shares of a picture, so that they fit it at every size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
"""From the left and from the top, as shares 0..1 of the picture."""

Polygon = tuple[Point, ...]
"""Three corners or more; the last is joined to the first."""


@dataclass(frozen=True, slots=True)
class Box:
    """Edges as shares of the picture: 0 is its left or top, 1 its right or bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def foot(self) -> Point:
        """Where a thing that stands touches the ground: the middle of the lower edge."""
        return (self.left + self.right) / 2, self.bottom

    def within(self, outer: "Box") -> "Box":
        """The same box, given in shares of `outer`, in shares of what `outer` is given in."""
        return Box(
            outer.left + self.left * outer.width,
            outer.top + self.top * outer.height,
            outer.left + self.right * outer.width,
            outer.top + self.bottom * outer.height,
        )

    def clipped(self) -> "Box":
        """What of it lies in the picture."""
        left, top, right, bottom = (
            min(1.0, max(0.0, edge)) for edge in (self.left, self.top, self.right, self.bottom)
        )
        return Box(left, top, right, bottom)


WHOLE = Box(0.0, 0.0, 1.0, 1.0)


def shared(one: Box, other: Box) -> float:
    """Area of what lies in both."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, width) * max(0.0, height)


def iou(one: Box, other: Box) -> float:
    """Intersection over union, 0..1."""
    both = shared(one, other)
    either = one.area + other.area - both
    return both / either if either > 0 else 0.0


def inside(polygon: Sequence[Point], point: Point) -> bool:
    """Whether the point lies in the polygon (even-odd rule)."""
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found
