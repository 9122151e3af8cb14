"""Sockets that a library in C made, and datagrams, of which the kernel keeps no count."""

import ctypes
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.ledger.entries import Traffic
from tests.hub.ledger_parts import Kept, kept
from tests.hub.ledger_peer import Peer, peer

HERE = "127.0.0.1"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Kept]:
    with kept(tmp_path) as made:
        yield made


@pytest.fixture
def other() -> Iterator[Peer]:
    with peer() as started:
        yield started


def _c_made(kind: int) -> tuple[ctypes.CDLL, int]:
    libc = ctypes.CDLL(None, use_errno=True)
    return libc, libc.socket(socket.AF_INET, kind, 0)


def _c_connect(libc: ctypes.CDLL, fd: int, port: int) -> None:
    """struct sockaddr_in."""
    family = socket.AF_INET.to_bytes(2, sys.byteorder)
    address = family + port.to_bytes(2, "big") + socket.inet_aton(HERE) + bytes(8)
    assert libc.connect(fd, address, len(address)) == 0


def test_a_socket_made_in_c_is_found_and_marked(book: Kept, other: Peer) -> None:
    libc, fd = _c_made(socket.SOCK_STREAM)
    _c_connect(libc, fd, other.port)
    assert libc.send(fd, b"abcdefg", 7, 0) == 7
    book.look()
    assert libc.send(fd, b"h", 1, 0) == 1
    os.close(fd)
    book.look()
    assert other.received() == 8
    assert book.of(HERE, other.port) == Traffic(connections=1, bytes_out=8, unannounced=1)


def test_a_datagram_socket_made_in_c_is_found_and_marked(book: Kept) -> None:
    libc, fd = _c_made(socket.SOCK_DGRAM)
    _c_connect(libc, fd, 9)
    book.look()
    book.look()
    os.close(fd)
    assert book.of(HERE, 9, "udp") == Traffic(unannounced=1)


def test_datagrams_are_counted_by_number(book: Kept) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(b"one", (HERE, 9))
        line.sendmsg([b"two"], [], 0, (HERE, 9))
        book.look()
    assert book.of(HERE, 9, "udp") == Traffic(messages=2)
