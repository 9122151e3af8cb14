"""A picture with its place in time. It lives in memory only, and never shows in a repr or a log."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Shape (height, width, 3), red green blue, 0..255."""


@dataclass(frozen=True, slots=True)
class Image:
    """`at`: seconds since its source opened, by the clock of that source; never falls."""

    pixels: Pixels = field(repr=False, compare=False)
    at: float

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])
