"""Wyoming's events on the wire: bytes in, events out, with bounds, and events to bytes. Pure.

The protocol's own reader takes as many bytes as it is told will come.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

LARGEST = 8_192
"""Bytes of an event's line, and of its data."""


class NotWyoming(Exception):
    """What came in is no event, or a larger one than is taken; says which, repeating nothing."""


class _Line(msgspec.Struct, frozen=True):
    type: str
    data: msgspec.Raw = msgspec.Raw(b"{}")
    data_length: int = 0
    payload_length: int = 0


@dataclass(frozen=True, slots=True)
class WireEvent:
    """`data`: JSON, as it came. `payload`: sound."""

    type: str
    data: bytes = field(repr=False)
    payload: bytes = field(default=b"", repr=False)


class Events:
    """`most`: bytes of a payload that are taken."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._rest = bytearray()
        self._line: _Line | None = None

    def feed(self, data: bytes) -> Iterator[WireEvent]:
        """Raises NotWyoming; nothing more can be read then."""
        self._rest += data
        while (event := self._next()) is not None:
            yield event

    def _next(self) -> WireEvent | None:
        if self._line is None:
            self._line = self._head()
        if self._line is None:
            return None
        line, ours = self._line, self._line.data_length
        if len(self._rest) < ours + line.payload_length:
            return None
        data = bytes(self._rest[:ours]) or bytes(line.data)
        payload = bytes(self._rest[ours : ours + line.payload_length])
        del self._rest[: ours + line.payload_length]
        self._line = None
        return WireEvent(line.type, data, payload)

    def _head(self) -> _Line | None:
        end = self._rest.find(b"\n", 0, LARGEST + 1)
        if end < 0:
            if len(self._rest) > LARGEST:
                raise NotWyoming(f"An event's line has at most {LARGEST} bytes.")
            return None
        line = _decoded(bytes(self._rest[:end]))
        del self._rest[: end + 1]
        if not (0 <= line.data_length <= LARGEST and 0 <= line.payload_length <= self._most):
            raise NotWyoming(f"An event has at most {LARGEST} bytes and {self._most} of sound.")
        return line


def _decoded(line: bytes) -> _Line:
    try:
        return msgspec.json.decode(line, type=_Line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotWyoming("That is no event of Wyoming.") from error


def written(kind: str, data: Mapping[str, str | int], payload: bytes = b"") -> bytes:
    """An event as bytes."""
    line: dict[str, object] = {"type": kind, "data": data}
    if payload:
        line["payload_length"] = len(payload)
    return msgspec.json.encode(line) + b"\n" + payload
