"""A pcap file is read whole, cut, in both byte orders, and whatever is in it."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.proof.addresses import BROKER, STRANGER, STRANGER_6, WAN_MACS
from hub.proof.packets import SYN, NotACapture, Packet, frame, packets
from tests.hub.proof.wire import HOUSE, ethernet, ipv4, ipv6, pcap, tcp, udp


@pytest.mark.parametrize("order", ["<", ">"])
def test_udp_over_ipv4(order: str) -> None:
    data = ipv4(17, STRANGER, udp(53, b"question"))
    [packet] = packets(pcap(data, order=order))
    assert (packet.protocol, packet.source, packet.target) == ("UDP", HOUSE, STRANGER)
    assert (packet.ports, packet.payload, packet.size) == ((50_000, 53), b"question", len(data))


def test_tcp_with_options_and_padding() -> None:
    segment = struct.pack("!HHIIBB6x", 1, 443, 77, 0, 8 << 4, SYN) + b"\1" * 12 + b"said"
    data = ipv4(6, BROKER, segment) + b"padding"
    [packet] = packets(pcap(data))
    assert (packet.sequence, packet.flags, packet.payload) == (77, SYN, b"said")


def test_ipv6_behind_extension_headers() -> None:
    hop_by_hop = bytes((60, 0)) + bytes(6)
    destination = bytes((17, 1)) + bytes(14)
    data = ipv6(0, STRANGER_6, hop_by_hop + destination + udp(443, b"hello"))
    [packet] = packets(pcap(data))
    assert (packet.protocol, packet.target, packet.ports[1]) == ("UDP", STRANGER_6, 443)
    assert packet.payload == b"hello"
    assert packet.sender == WAN_MACS[0]


def test_what_has_no_address_keeps_its_name() -> None:
    names = [frame(ethernet(kind, b"x"), 15).protocol for kind in (0x0806, 0x88B5)]
    assert names == ["ARP", "Ethernet 0x88b5"]


def test_a_later_fragment_has_no_ports() -> None:
    data = bytearray(ipv4(17, STRANGER, udp(53, b"question")))
    data[14 + 6 : 14 + 8] = (185).to_bytes(2, "big")
    assert frame(bytes(data), len(data)).protocol == "a fragment"
    assert frame(bytes(data), len(data)).ports == (0, 0)


def test_a_file_that_still_grows() -> None:
    whole = pcap(*(ipv4(6, BROKER, tcp(1883, at, b"x" * at)) for at in range(5)))
    counts = [len(tuple(packets(whole[:end]))) for end in range(len(whole) + 1)]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == 5


def test_no_capture_is_no_silence() -> None:
    with pytest.raises(NotACapture):
        tuple(packets(b"no capture by anybody at all"))


@given(st.binary(max_size=120))
def test_any_frame_is_a_packet(data: bytes) -> None:
    assert isinstance(frame(data, len(data)), Packet)
