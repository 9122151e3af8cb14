"""A closer look at one still picture, where time matters less than finding all.

The whole, and the whole mirrored, averaged; then its four overlapping quarters, in which small
things are larger. Of two that overlap the better stays; a box that a quarter's inner edge cuts is
not believed. Costs six times one look (docs/benchmarks.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from vision.boxes import WHOLE, Box, iou
from vision.engines import Detector
from vision.events import Detection
from vision.images import Pixels

_QUARTERS = tuple(Box(x, y, x + 0.6, y + 0.6) for x in (0.0, 0.4) for y in (0.0, 0.4))
_SAME = 0.55
"""IoU from which two looks found the same thing."""
_OVERLAP = 0.5
_LESS = 0.9
"""What a score in a quarter is worth: it lacks what is around."""
_EDGE = 0.02
"""Share of a part that is its edge: some 8 pixels of the 416 that are looked at."""


def thorough(detector: Detector, pixels: Pixels) -> tuple[Detection, ...]:
    """As Detector.detect. Raises EngineError."""
    plain = detector.detect(pixels)
    mirrored = [_mirror(each) for each in detector.detect(np.ascontiguousarray(pixels[:, ::-1]))]
    closer = [each for quarter in _QUARTERS for each in _in_part(detector, pixels, quarter)]
    return best((*_averaged(plain, mirrored), *closer))


def best(found: Sequence[Detection]) -> tuple[Detection, ...]:
    """Of one kind and place the best, in the order of their scores."""
    kept: list[Detection] = []
    for each in sorted(found, key=lambda d: -d.score):
        same = (other for other in kept if other.label == each.label)
        if all(iou(each.box, other.box) < _OVERLAP for other in same):
            kept.append(each)
    return tuple(kept)


def part(pixels: Pixels, box: Box) -> tuple[Pixels, Box]:
    """What lies in the box, at least a pixel, and the box as the pixels have it."""
    height, width = pixels.shape[:2]
    left, right = _span(box.left, box.right, width)
    top, bottom = _span(box.top, box.bottom, height)
    exact = Box(left / width, top / height, right / width, bottom / height)
    return np.ascontiguousarray(pixels[top:bottom, left:right]), exact


def _span(begin: float, end: float, size: int) -> tuple[int, int]:
    first = min(size - 1, max(0, round(begin * size)))
    return first, min(size, max(first + 1, round(end * size)))


def in_part(detector: Detector, pixels: Pixels, box: Box) -> Iterator[Detection]:
    """What is found in a part of the picture, in shares of the whole."""
    cut, exact = part(pixels, box)
    for each in detector.detect(cut):
        if not _is_cut(each.box, exact):
            yield replace(each, box=each.box.within(exact))


def _in_part(detector: Detector, pixels: Pixels, box: Box) -> Iterator[Detection]:
    return (replace(each, score=each.score * _LESS) for each in in_part(detector, pixels, box))


def _is_cut(box: Box, part_: Box) -> bool:
    """It touches an edge of the part that is no edge of the picture."""
    return (
        (box.left < _EDGE and part_.left > WHOLE.left)
        or (box.top < _EDGE and part_.top > WHOLE.top)
        or (box.right > 1 - _EDGE and part_.right < WHOLE.right)
        or (box.bottom > 1 - _EDGE and part_.bottom < WHOLE.bottom)
    )


def _mirror(each: Detection) -> Detection:
    box = each.box
    return replace(each, box=Box(1 - box.right, box.top, 1 - box.left, box.bottom))


def _averaged(one: Sequence[Detection], other: Sequence[Detection]) -> Iterator[Detection]:
    """What only one of two looks found is worth half."""
    left = list(other)
    for each in one:
        same = (d for d in left if d.label == each.label and iou(d.box, each.box) >= _SAME)
        twin = max(same, key=lambda d: iou(d.box, each.box), default=None)
        if twin is None:
            yield replace(each, score=each.score / 2)
        else:
            left.remove(twin)
            yield replace(each, score=(each.score + twin.score) / 2, box=_mean(each.box, twin.box))
    yield from (replace(each, score=each.score / 2) for each in left)


def _mean(one: Box, other: Box) -> Box:
    return Box(
        (one.left + other.left) / 2,
        (one.top + other.top) / 2,
        (one.right + other.right) / 2,
        (one.bottom + other.bottom) / 2,
    )
