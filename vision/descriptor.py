"""What a small picture looks like, as numbers: shapes and colours, without any model. Pure.

Histograms of oriented gradients (Dalal and Triggs 2005) of a 64 by 64 picture whose contrast is
evened out, and how its colours are spread. Good enough to tell a few states of one place apart that
a camera always sees alike; no more.
"""

import cv2
import numpy as np

from vision.engines import Embedding
from vision.images import Pixels

_SIDE = 64
_CELL, _ANGLES = 8, 9
_COLOURS = (8, 4)
"""Bins of hue and of saturation."""
_COLOUR_WEIGHT = 0.5


def descriptor(pixels: Pixels) -> Embedding:
    """Of a picture of any size; length 1."""
    small = cv2.resize(pixels, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    shape = _gradients(small.astype(np.uint8))
    colour = _colours(small.astype(np.uint8)) * _COLOUR_WEIGHT
    return _of_length_one(np.concatenate((shape, colour)))


def _gradients(small: Pixels) -> Embedding:
    grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)).astype(np.float32)
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    steep = np.hypot(across, down)
    angle = (np.arctan2(down, across) % np.pi) * (_ANGLES / np.pi)
    bins = np.minimum(angle.astype(np.intp), _ANGLES - 1)
    cells = _SIDE // _CELL
    rows, columns = np.mgrid[:_SIDE, :_SIDE] // _CELL
    where = (rows * cells + columns) * _ANGLES + bins
    told = np.bincount(where.ravel(), steep.ravel(), cells * cells * _ANGLES)
    by_cell = told.reshape(-1, _ANGLES)
    even = by_cell / (np.linalg.norm(by_cell, axis=1, keepdims=True) + 50.0)
    return _of_length_one(even.ravel().astype(np.float32))


def _colours(small: Pixels) -> Embedding:
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    told = cv2.calcHist([hsv], [0, 1], None, list(_COLOURS), [0, 180, 0, 256]).ravel()
    return _of_length_one(np.sqrt(told).astype(np.float32))


def _of_length_one(values: Embedding) -> Embedding:
    length = np.linalg.norm(values)
    return (values / length if length else values).astype(np.float32)
