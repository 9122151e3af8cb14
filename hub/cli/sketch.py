"""Edges of a place as characters, with a grid to read corners from. Pure."""

import re
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from hub.cli.options import BadInput
from hub.control import OutlineLine
from hub.eyes.messages import Outline
from hub.eyes.outline import Drawn, unpacked

COLUMNS, ROWS = 16, 9
"""Of the grid: a to p, 1 to 9. A corner is the upper left of its cell; q and 10 are the edges."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Of a braille character, four rows of two (Unicode block 2800)."""
_CORNER = re.compile(r"([a-q])(10|[1-9])")

Point = tuple[float, float]


def drawn(outline: OutlineLine, zone: str | None) -> Iterator[str]:
    """Raises BadInput for a zone that is none."""
    told = Outline(source="", width=outline.width, height=outline.height, bits=outline.bits)
    edges = unpacked(told)
    corners = polygon(zone) if zone else ()
    if corners:
        edges = _with_polygon(edges, corners)
    lines = braille(edges)
    width = len(lines[0])
    yield "   " + "".join(
        chr(ord("a") + n).ljust(round((n + 1) * width / COLUMNS) - round(n * width / COLUMNS))
        for n in range(COLUMNS)
    )
    marks = {round(n * len(lines) / ROWS): str(n + 1) for n in range(ROWS)}
    for number, line in enumerate(lines):
        yield f"{marks.get(number, ''):>2} {line}"
    if corners:
        points = ", ".join(f"[{x:g}, {y:g}]" for x, y in corners)
        yield f"corners: [{points}]"
    else:
        yield "Name corners as on the grid: --zone b3,f3,f9,b9"


def polygon(text: str) -> tuple[Point, ...]:
    """Corners as shares of the picture. Raises BadInput."""
    found = [_CORNER.fullmatch(each.strip().lower()) for each in text.split(",")]
    if len(found) < 3 or not all(found):  # noqa: PLR2004 - a triangle
        raise BadInput(f"{text!r} is no zone: give three corners or more, as b3,f3,f9,b9.")
    return tuple(
        (round((ord(each[1]) - ord("a")) / COLUMNS, 4), round((int(each[2]) - 1) / ROWS, 4))
        for each in found
        if each
    )


def braille(edges: Drawn) -> list[str]:
    """Two columns and four rows of dots a character."""
    high, wide = edges.shape
    padded = np.zeros((-(-high // 4) * 4, -(-wide // 2) * 2), np.bool_)
    padded[:high, :wide] = edges
    codes = np.zeros((padded.shape[0] // 4, padded.shape[1] // 2), np.intp)
    for row, dots in enumerate(_DOTS):
        for column, dot in enumerate(dots):
            codes += padded[row::4, column::2] * dot
    return ["".join(chr(0x2800 + code) for code in line) for line in codes.tolist()]


def _with_polygon(edges: Drawn, corners: Sequence[Point]) -> Drawn:
    high, wide = edges.shape
    canvas = edges.astype(np.uint8)
    points = np.asarray([(x * (wide - 1), y * (high - 1)) for x, y in corners])
    cv2.polylines(canvas, [points.round().astype(np.int32)], isClosed=True, color=(1,))
    return canvas > 0
