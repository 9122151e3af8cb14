"""What the camera of the proof shows: noise, of which no piece may be found anywhere else. Pure.

Apart from contraband.py, because it needs libraries that start threads: a hostile process is
isolated before those.
"""

import base64
import hashlib
from functools import cache

import cv2
import numpy as np

from hub.proof.contraband import PIECE, pieces

_WIDE, _HIGH = 160, 120
"""Pixels."""


@cache
def picture() -> bytes:
    """A JPEG of noise: nothing else looks like any part of it, compressed or not."""
    noise = hashlib.shake_256(b"what was seen in this room").digest(_WIDE * _HIGH * 3)
    pixels = np.frombuffer(noise, np.uint8).reshape(_HIGH, _WIDE, 3)
    return cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, 90))[1].tobytes()


def found_in(data: bytes) -> int:
    """How many bytes of `data` belong to pieces of it."""
    known = _pieces()
    return sum(data[at : at + PIECE] in known for at in range(len(data) - PIECE + 1))


@cache
def _pieces() -> frozenset[bytes]:
    return pieces(_forms())


def _forms() -> tuple[bytes, ...]:
    """As it came; as pixels, in both orders of colour and in grey; and as text."""
    jpeg = picture()
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    raw = (pixels.tobytes(), pixels[:, :, ::-1].tobytes(), grey.tobytes())
    return (jpeg, *raw, *(base64.b64encode(each) for each in (jpeg, grey.tobytes())))
