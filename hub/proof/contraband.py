"""What a hostile senses or eye tries to smuggle out, and how to find any piece of it. Pure.

It stands for what was heard, or seen. Its bytes are fixed, so that nine characters of it in any of
its forms, anywhere in what went to the broker, are no accident.
"""

import base64
import hashlib
import struct
from collections.abc import Iterable
from functools import cache

SOUND = hashlib.shake_256(b"what was said in this room").digest(16_000)
"""Half a second, as samples of 16 bits at 16 kHz."""
BASE64 = base64.b64encode(SOUND).decode()
HEX = SOUND.hex()
NUMBERS = tuple(number for (number,) in struct.iter_unpack("<I", SOUND) if number >= 10**9)
"""Samples packed into integers, of ten digits each."""

PIECE = 9
"""Bytes of the shortest piece that is looked for."""


def found_in(data: bytes) -> int:
    """How many bytes of `data` belong to pieces of it."""
    known = _pieces()
    return sum(data[at : at + PIECE] in known for at in range(len(data) - PIECE + 1))


@cache
def _pieces() -> frozenset[bytes]:
    return pieces((SOUND, BASE64.encode(), HEX.encode(), *(str(n).encode() for n in NUMBERS)))


def pieces(forms: Iterable[bytes]) -> frozenset[bytes]:
    """All that are looked for."""
    return frozenset(form[at : at + PIECE] for form in forms for at in range(len(form) - PIECE + 1))
