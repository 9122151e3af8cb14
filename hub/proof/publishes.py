"""MQTT out of the bytes that a client sent: its publishes, and all else by kind and size. Pure.

Its own reading of MQTT 3.1.1 and 5 (OASIS): the proof does not ask the library that it judges.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

_KINDS = {1: "CONNECT", 4: "PUBACK", 8: "SUBSCRIBE", 12: "PINGREQ", 14: "DISCONNECT"}
"""What our hub says besides PUBLISH."""
_CONNECT, _PUBLISH = 1, 3
_FIVE = 5
_MOST_DIGITS = 4


class NotMqtt(ValueError):
    """Bytes that are no MQTT, or none that our hub speaks."""


@dataclass(frozen=True, slots=True)
class Publish:
    """`properties`: bytes of MQTT 5's, of which our hub sends none."""

    topic: str
    payload: bytes = field(repr=False)
    retain: bool
    properties: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """A packet that carries no message. `size` in bytes with its header."""

    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class _Raw:
    kind: int
    flags: int
    body: bytes
    size: int


def said(stream: bytes) -> Iterator[Publish | Control]:
    """Everything in the stream; the end may be cut (see `unread`). Raises NotMqtt."""
    version = 0
    for raw in _packets(stream):
        if raw.kind == _PUBLISH:
            yield _publish(raw, version)
            continue
        if raw.kind not in _KINDS:
            raise NotMqtt(f"a packet of kind {raw.kind}, which our hub never sends")
        if raw.kind == _CONNECT:
            version = _version(raw.body)
        yield Control(_KINDS[raw.kind], raw.size)


def unread(stream: bytes) -> int:
    """How many bytes at the end are no whole packet. Raises NotMqtt."""
    return len(stream) - sum(raw.size for raw in _packets(stream))


def _packets(stream: bytes) -> Iterator[_Raw]:
    at = 0
    while (header := _length(stream, at + 1)) is not None:
        length, start = header
        if start + length > len(stream):
            return
        body = stream[start : start + length]
        yield _Raw(stream[at] >> 4, stream[at] & 0xF, body, start + length - at)
        at = start + length


def _length(data: bytes, at: int) -> tuple[int, int] | None:
    """A variable byte integer and where it ends; None where it is not whole."""
    value = 0
    for place in range(_MOST_DIGITS):
        if at + place >= len(data):
            return None
        digit = data[at + place]
        value |= (digit & 0x7F) << 7 * place
        if digit < 0x80:  # noqa: PLR2004 - the bit that says that more follow
            return value, at + place + 1
    raise NotMqtt("a length of more than four digits")


def _version(body: bytes) -> int:
    name = int.from_bytes(body[:2], "big")
    if body[2 : 2 + name] != b"MQTT" or len(body) < 3 + name:
        raise NotMqtt("a connection that does not call itself MQTT")
    return body[2 + name]


def _publish(raw: _Raw, version: int) -> Publish:
    end = 2 + int.from_bytes(raw.body[:2], "big")
    topic = raw.body[2:end]
    if raw.flags & 0b0110:  # a packet number, for messages that are confirmed
        end += 2
    properties = _length(raw.body, end) if version == _FIVE else (0, end)
    if properties is None:
        raise NotMqtt("a publish that ends in its header")
    length, start = properties
    try:
        name = topic.decode()
    except UnicodeDecodeError as error:
        raise NotMqtt("a topic that is no text") from error
    return Publish(name, raw.body[start + length :], bool(raw.flags & 1), length)
