"""What a hostile senses or eye tries to smuggle out, and how to find any piece of it. Pure.

It stands for what was heard and seen. Its bytes are fixed, so that nine characters of it in any of
its forms, anywhere in what went to the broker, are no accident.
"""

import base64
import hashlib
import struct
from functools import cache

import cv2
import numpy as np

SOUND = hashlib.shake_256(b"what was said in this room").digest(16_000)
"""Half a second, as samples of 16 bits at 16 kHz."""
BASE64 = base64.b64encode(SOUND).decode()
HEX = SOUND.hex()
NUMBERS = tuple(number for (number,) in struct.iter_unpack("<I", SOUND) if number >= 10**9)
"""Samples packed into integers, of ten digits each."""

_WIDE, _HIGH = 160, 120
"""Pixels of the picture."""
_PIECE = 9
"""Bytes of the shortest piece that is looked for."""


def found_in(data: bytes) -> int:
    """How many bytes of `data` belong to pieces of it."""
    known = _pieces()
    return sum(data[at : at + _PIECE] in known for at in range(len(data) - _PIECE + 1))


@cache
def picture() -> bytes:
    """A JPEG of noise: nothing else looks like any part of it, compressed or not."""
    noise = hashlib.shake_256(b"what was seen in this room").digest(_WIDE * _HIGH * 3)
    pixels = np.frombuffer(noise, np.uint8).reshape(_HIGH, _WIDE, 3)
    return cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, 90))[1].tobytes()


@cache
def _pieces() -> frozenset[bytes]:
    sound = (SOUND, BASE64.encode(), HEX.encode(), *(str(n).encode() for n in NUMBERS))
    forms = (*sound, *_picture_forms())
    return frozenset(
        form[at : at + _PIECE] for form in forms for at in range(len(form) - _PIECE + 1)
    )


def _picture_forms() -> tuple[bytes, ...]:
    """As it came; as pixels, in both orders of colour and in grey; and as text."""
    jpeg = picture()
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    raw = (pixels.tobytes(), pixels[:, :, ::-1].tobytes(), grey.tobytes())
    return (jpeg, *raw, *(base64.b64encode(each) for each in (jpeg, grey.tobytes())))
