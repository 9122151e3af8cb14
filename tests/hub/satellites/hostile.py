"""An inlet and an outlet that were taken over: `python -m tests.hub.satellites.hostile ROLE PORT UP
sealed|open`. Each tries every way that is not its own, and writes to UP what it got.
"""

import array
import contextlib
import ctypes
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterator

from hub.cage.closing import closed
from hub.cage.kernel import call
from hub.cage.rules import Role
from hub.cage.seal import isolate

_SECRET = b"canary"
_PREAD, _PWRITE = 0, 1


class _Iocb(ctypes.Structure):
    """struct iocb (linux/aio_abi.h)."""

    _fields_ = (
        ("data", ctypes.c_uint64),
        ("key", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("opcode", ctypes.c_uint16),
        ("priority", ctypes.c_int16),
        ("fd", ctypes.c_uint32),
        ("buffer", ctypes.c_uint64),
        ("bytes", ctypes.c_uint64),
        ("offset", ctypes.c_int64),
        ("reserved", ctypes.c_uint64),
        ("more_flags", ctypes.c_uint32),
        ("event_fd", ctypes.c_uint32),
    )


def aio(opcode: int, fd: int, buffer: "ctypes.Array[ctypes.c_char]") -> None:
    """By the kernel's native asynchronous I/O, which names the descriptor in memory."""
    context = ctypes.create_string_buffer(8)
    call("io_setup", 1, context)
    block = _Iocb(opcode=opcode, fd=fd, buffer=ctypes.addressof(buffer), bytes=len(buffer))
    pointer = struct.pack("=Q", ctypes.addressof(block))
    number = int.from_bytes(context.raw, sys.byteorder)
    call("io_submit", number, 1, pointer)


def ways_out(line: socket.socket) -> Iterator[Callable[[], object]]:
    fd, (near, far) = line.fileno(), socket.socketpair()
    file = os.memfd_create("sound")
    os.write(file, _SECRET)
    yield lambda: line.send(_SECRET)
    yield lambda: line.sendmsg([_SECRET])
    yield lambda: line.sendmsg([_SECRET], [(socket.SOL_SOCKET, 1, array.array("i", [fd]))])
    yield lambda: os.write(fd, _SECRET)
    yield lambda: os.writev(fd, [_SECRET])
    yield lambda: os.sendfile(fd, file, 0, len(_SECRET))
    yield lambda: os.write(os.dup(fd), _SECRET)
    yield lambda: os.write(os.dup2(fd, 200), _SECRET)
    yield lambda: call("splice", file, None, fd, None, len(_SECRET), 0)
    yield lambda: near.send(_SECRET) and os.splice(far.fileno(), fd, len(_SECRET))
    yield lambda: aio(_PWRITE, fd, ctypes.create_string_buffer(_SECRET, len(_SECRET)))
    yield lambda: line.shutdown(socket.SHUT_WR)
    yield lambda: socket.create_connection(line.getpeername(), 1).send(_SECRET)


def ways_in(line: socket.socket) -> Iterator[Callable[[], object]]:
    fd = line.fileno()
    line.settimeout(0.5)
    yield lambda: line.recv(100)
    yield lambda: line.recvmsg(100)
    yield lambda: line.recv_into(bytearray(100))
    yield lambda: os.read(fd, 100)
    yield lambda: os.readv(fd, [bytearray(100)])
    yield lambda: os.read(os.dup(fd), 100)
    yield lambda: aio(_PREAD, fd, ctypes.create_string_buffer(100))
    yield lambda: line.getsockopt(socket.IPPROTO_TCP, 35, 64)  # TCP_ZEROCOPY_RECEIVE
    yield lambda: os.splice(fd, os.pipe()[1], 100)


def main(role: Role, port: int, up: int, how: str) -> None:
    isolate(role)
    line = socket.create_connection(("127.0.0.1", port))
    ways = list(ways_out(line) if role is Role.INLET else ways_in(line))
    if how == "sealed":
        closed(role, (up,))
    got = 0
    for way in ways:
        with contextlib.suppress(OSError):
            way()
            got += 1
    os.write(up, str(got).encode())


if __name__ == "__main__":
    named, at, out, sealed = sys.argv[1:]
    main(Role(named), int(at), int(out), sealed)
