"""What one side of each TCP connection said, whole: every byte once, in order. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hub.proof.packets import SYN, Packet

_ROUND = 1 << 32
"""Sequence numbers begin again after so many bytes."""

Line = tuple[str, int, str, int]
"""Source, its port, target, its port."""


class Hole(ValueError):
    """Bytes are missing in a capture, or it does not hold the beginning of a connection."""


def streams(packets: Iterable[Packet]) -> Mapping[Line, bytes]:
    """Of each direction in which anybody began to talk. Raises Hole."""
    lines: defaultdict[Line, list[Packet]] = defaultdict(list)
    for packet in packets:
        if packet.protocol == "TCP":
            lines[_line(packet)].append(packet)
    return {line: _whole(heard) for line, heard in lines.items()}


def _line(packet: Packet) -> Line:
    return packet.source, packet.ports[0], packet.target, packet.ports[1]


def _whole(heard: Iterable[Packet]) -> bytes:
    """What was sent again counts once: each piece adds what lies behind the last."""
    heard = tuple(heard)
    spoken = [packet for packet in heard if packet.payload]
    if not spoken:
        return b""
    first = next((packet for packet in heard if packet.flags & SYN), None)
    if first is None:
        raise Hole(f"A connection to {spoken[0].target} began before the capture.")
    pieces = sorted(
        ((_start(packet) - first.sequence - 1) % _ROUND, packet.payload) for packet in spoken
    )
    whole = bytearray()
    for at, payload in pieces:
        if at > len(whole):
            raise Hole(f"The capture lacks bytes sent to {spoken[0].target}.")
        whole += payload[len(whole) - at :]
    return bytes(whole)


def _start(packet: Packet) -> int:
    """Sequence number of the first byte; a SYN counts as one."""
    return packet.sequence + bool(packet.flags & SYN)
