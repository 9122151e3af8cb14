"""Packets out of a pcap file: Ethernet, IPv4, IPv6, TCP, UDP; all else by its name. Pure.

Formats: pcap-savefile(5), RFC 791, 8200, 9293, 768.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address, IPv6Address

_FILE_HEADER, _RECORD_HEADER = 24, 16
ETHERNET_HEADER = 14
"""All in bytes."""
_LITTLE, _BIG = b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4"
_IPV4, _IPV6 = 0x0800, 0x86DD
_ETHERTYPES = {0x0806: "ARP", 0x8100: "VLAN", 0x88CC: "LLDP"}
_TCP, _UDP = 6, 17
_PROTOCOLS = {1: "ICMP", 2: "IGMP", _TCP: "TCP", _UDP: "UDP", 44: "a fragment", 58: "ICMPv6"}
_EXTENSIONS = frozenset({0, 43, 60})
"""IPv6 headers before the last one: hop-by-hop, routing, destination."""
_OFFSET = 0x1FFF
"""Of a fragment; what is not the first has no ports."""
SYN, RST = 0x02, 0x04


@dataclass(frozen=True, slots=True)
class Count:
    """Packets, and their bytes on the wire."""

    packets: int
    bytes: int

    def since(self, before: "Count") -> "Count":
        return Count(self.packets - before.packets, self.bytes - before.bytes)


class NotACapture(ValueError):
    """Not a pcap file."""


@dataclass(frozen=True, slots=True)
class Packet:
    """`sender`: hardware address; `size`: bytes on the wire. Addresses are empty where the
    protocol has none that we read. `sequence` and `flags` are TCP's.
    """

    sender: str
    size: int
    protocol: str
    source: str = ""
    target: str = ""
    ports: tuple[int, int] = (0, 0)
    sequence: int = 0
    flags: int = 0
    payload: bytes = field(default=b"", repr=False)


def packets(pcap: bytes) -> Iterator[Packet]:
    """All that are complete: a file that still grows may end in the middle of one.

    Raises NotACapture.
    """
    if len(pcap) < _FILE_HEADER:
        return
    if pcap[:4] not in (_LITTLE, _BIG):
        raise NotACapture("This file is no capture by tcpdump.")
    order = "<" if pcap[:4] == _LITTLE else ">"
    at = _FILE_HEADER
    while at + _RECORD_HEADER <= len(pcap):
        _, _, kept, size = struct.unpack_from(f"{order}4I", pcap, at)
        at += _RECORD_HEADER + kept
        if at <= len(pcap):
            yield frame(pcap[at - kept : at], size)


def frame(data: bytes, size: int) -> Packet:
    """One Ethernet frame. One too short for what it says it is keeps the outer name."""
    kind = int.from_bytes(data[12:14], "big")
    packet = Packet(data[6:12].hex(":"), size, _ETHERTYPES.get(kind, f"Ethernet {kind:#06x}"))
    try:
        if kind == _IPV4:
            return _ipv4(packet, data[ETHERNET_HEADER:])
        if kind == _IPV6:
            return _ipv6(packet, data[ETHERNET_HEADER:])
    except struct.error:
        return packet
    return packet


def _ipv4(packet: Packet, data: bytes) -> Packet:
    first, total, fragment, protocol, source, target = struct.unpack_from("!BxH2xHxB2x4s4s", data)
    named = replace(
        packet,
        protocol=_PROTOCOLS.get(protocol, f"IP protocol {protocol}"),
        source=str(IPv4Address(source)),
        target=str(IPv4Address(target)),
    )
    if fragment & _OFFSET:
        return replace(named, protocol="a fragment")
    return _transport(named, protocol, data[(first & 0xF) * 4 : total])


def _ipv6(packet: Packet, data: bytes) -> Packet:
    length, following, source, target = struct.unpack_from("!4xHBx16s16s", data)
    rest = data[40 : 40 + length]
    while following in _EXTENSIONS:
        following, words = struct.unpack_from("!BB", rest)
        rest = rest[(words + 1) * 8 :]
    named = replace(
        packet,
        protocol=_PROTOCOLS.get(following, f"IP protocol {following}"),
        source=str(IPv6Address(source)),
        target=str(IPv6Address(target)),
    )
    return _transport(named, following, rest)


def _transport(packet: Packet, protocol: int, data: bytes) -> Packet:
    if protocol == _UDP:
        source, target = struct.unpack_from("!HH4x", data)
        return replace(packet, ports=(source, target), payload=data[8:])
    if protocol == _TCP:
        source, target, sequence, words, flags = struct.unpack_from("!HHI4xBB6x", data)
        return replace(
            packet,
            ports=(source, target),
            sequence=sequence,
            flags=flags,
            payload=data[(words >> 4) * 4 :],
        )
    return replace(packet, payload=data)
