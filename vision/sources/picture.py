"""A decoded picture as vision looks at it: upright, red green blue, not larger than it must be."""

import numpy as np
from av import VideoFrame

from vision.images import Pixels

WIDEST = 1280
"""Pixels: a wider or higher picture is scaled down, which a decoder's own scaler does best."""
_LARGEST = 100_000_000
"""Pixels of a picture that is looked at at all."""


def pixels(frame: VideoFrame) -> Pixels:
    """Raises ValueError for one too large."""
    if frame.width * frame.height > _LARGEST:
        raise ValueError(f"A picture of {frame.width} times {frame.height} pixels is too large.")
    scale = min(1.0, WIDEST / max(frame.width, frame.height))
    width, height = (max(1, round(side * scale)) for side in (frame.width, frame.height))
    small = frame.reformat(width=width, height=height, format="rgb24")
    found = small.to_ndarray().astype(np.uint8, copy=False)
    turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(found, turns)) if turns else found
