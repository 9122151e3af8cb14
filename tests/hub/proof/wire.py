"""Packets made by hand, as the kernel would put them on a wire."""

import struct
from ipaddress import ip_address

from hub.proof.addresses import BROKER, BROKER_PORT, LAN_MACS, WAN_MACS
from hub.proof.packets import SYN

HOUSE = "192.168.77.2"


def ethernet(kind: int, body: bytes, macs: tuple[str, str] = LAN_MACS) -> bytes:
    source, target = (bytes.fromhex(mac.replace(":", "")) for mac in macs)
    return target + source + kind.to_bytes(2, "big") + body


def ipv4(protocol: int, target: str, body: bytes, source: str = HOUSE) -> bytes:
    head = struct.pack("!BxH4xBB2x", 0x45, 20 + len(body), 64, protocol)
    return ethernet(0x0800, head + ip_address(source).packed + ip_address(target).packed + body)


def ipv6(protocol: int, target: str, body: bytes) -> bytes:
    head = struct.pack("!B3xHBB", 0x60, len(body), protocol, 64)
    addresses = ip_address("2001:db8::2").packed + ip_address(target).packed
    return ethernet(0x86DD, head + addresses + body, WAN_MACS)


def udp(port: int, payload: bytes) -> bytes:
    return struct.pack("!HHHH", 50_000, port, 8 + len(payload), 0) + payload


def tcp(port: int, sequence: int, payload: bytes, flags: int = 0, source: int = 40_000) -> bytes:
    sequence %= 1 << 32
    return struct.pack("!HHIIBB6x", source, port, sequence, 0, 5 << 4, flags) + payload


def pcap(*frames: bytes, order: str = "<") -> bytes:
    head = struct.pack(f"{order}IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1)
    records = (struct.pack(f"{order}4I", 1, 0, len(each), len(each)) + each for each in frames)
    return head + b"".join(records)


def talk(
    data: bytes,
    *,
    first: int = 1_000,
    step: int = 100,
    source: int = 40_000,
    to: tuple[str, int] = (BROKER, BROKER_PORT),
) -> list[bytes]:
    """A connection, to the broker or another, that says `data` in pieces."""
    host, port = to
    begin = ipv4(6, host, tcp(port, first, b"", SYN, source))
    pieces = [
        tcp(port, first + 1 + at, data[at : at + step], 0x18, source)
        for at in range(0, len(data), step)
    ]
    return [begin, *(ipv4(6, host, piece) for piece in pieces)]
