"""Wyoming's events on the wire: bytes in, events out, with bounds, and events to bytes. Pure.

The protocol's own reader takes as many bytes as it is told will come.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

LARGEST = 8_192
"""Bytes of an event's line, and of its data."""


class Refused(Exception):
    """What came in is not understood, or not wanted; says which, without repeating it."""


class Line(msgspec.Struct, frozen=True):
    """An event's first line. `data`: JSON, where it stands in the line itself."""

    type: str
    data: msgspec.Raw = msgspec.Raw(b"{}")
    data_length: int | None = None
    payload_length: int | None = None


def first_line(line: bytes, most: int, most_sound: int) -> Line:
    """`most`, `most_sound`: bytes that may follow, of data and of sound. Raises Refused."""
    try:
        found = msgspec.json.decode(line, type=Line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("That is no event of Wyoming.") from error
    if found.payload_length and not most_sound:
        raise Refused("No sound is taken here.")
    if not 0 <= (found.payload_length or 0) <= most_sound:
        raise Refused(f"An event has at most {most_sound} bytes of sound.")
    if not 0 <= (found.data_length or 0) <= most:
        raise Refused(f"An event has at most {most} bytes.")
    return found


@dataclass(frozen=True, slots=True)
class WireEvent:
    """`data`: JSON, as it came. `payload`: sound."""

    type: str
    data: bytes = field(repr=False)
    payload: bytes = field(default=b"", repr=False)


class Events:
    """`most_sound`: bytes of it that are taken with an event."""

    def __init__(self, most_sound: int) -> None:
        self._most_sound = most_sound
        self._rest = bytearray()
        self._line: Line | None = None

    def feed(self, data: bytes) -> Iterator[WireEvent]:
        """Raises Refused; nothing more can be read then."""
        self._rest += data
        while (event := self._next()) is not None:
            yield event

    def _next(self) -> WireEvent | None:
        line = self._line = self._line or self._head()
        if line is None:
            return None
        length, sound_length = line.data_length or 0, line.payload_length or 0
        if len(self._rest) < length + sound_length:
            return None
        data = bytes(self._rest[:length]) or bytes(line.data)
        payload = bytes(self._rest[length : length + sound_length])
        del self._rest[: length + sound_length]
        self._line = None
        return WireEvent(line.type, data, payload)

    def _head(self) -> Line | None:
        end = self._rest.find(b"\n", 0, LARGEST + 1)
        if end < 0:
            if len(self._rest) > LARGEST:
                raise Refused(f"An event has at most {LARGEST} bytes.")
            return None
        line = first_line(bytes(self._rest[:end]), LARGEST, self._most_sound)
        del self._rest[: end + 1]
        return line


def written(kind: str, data: Mapping[str, str | int], payload: bytes = b"") -> bytes:
    """An event as bytes."""
    line: dict[str, object] = {"type": kind, "data": data}
    if payload:
        line["payload_length"] = len(payload)
    return msgspec.json.encode(line) + b"\n" + payload
