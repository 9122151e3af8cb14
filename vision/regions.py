"""Which parts of a picture the detector looks at: few, and as large as they must be. Pure."""

from collections.abc import Sequence
from itertools import combinations

from vision.boxes import WHOLE, Box, shared

_MARGIN = 0.25
"""Of a part's size, on each side: a detector wants to see what is around."""
_MOST = 2
_NEARLY_ALL = 0.6
"""Share of the picture from which on the whole is looked at instead."""


def regions(wanted: Sequence[Box], width: int, height: int, size: int) -> tuple[Box, ...]:
    """At most two parts of a picture (`width` times `height` pixels) that hold all that is wanted.

    None is smaller than `size` pixels, what the detector looks at: so nothing is blown up.
    """
    parts = [_roomy(each, width, height, size) for each in wanted]
    while pair := _to_join(parts):
        one, other = pair
        parts.remove(one)
        parts.remove(other)
        parts.append(_around(one, other))
    if sum(part.area for part in parts) > _NEARLY_ALL:
        return (WHOLE,)
    return tuple(parts)


def _roomy(box: Box, width: int, height: int, size: int) -> Box:
    """Square in pixels, with a margin, within the picture as far as that is large enough."""
    side = max(size, (1 + 2 * _MARGIN) * max(box.width * width, box.height * height))
    x, y = box.centre
    left, right = _span(x, side / width)
    top, bottom = _span(y, side / height)
    return Box(left, top, right, bottom)


def _span(middle: float, length: float) -> tuple[float, float]:
    if length >= 1:
        return 0.0, 1.0
    begin = min(1 - length, max(0.0, middle - length / 2))
    return begin, begin + length


def _to_join(parts: Sequence[Box]) -> tuple[Box, Box] | None:
    """Two that overlap, or the two that are nearest where there are too many."""
    pairs = list(combinations(parts, 2))
    together = next((pair for pair in pairs if shared(*pair) > 0), None)
    if together is not None or len(parts) <= _MOST:
        return together
    return min(pairs, key=lambda pair: _around(*pair).area)


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
