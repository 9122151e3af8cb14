"""The process between one eye and its camera: carries bytes both ways and looks at none.

`python -m hub.cage relay --camera HOST:PORT --eye FD --name NAME --up FD --down FD --parent PID`.
It asks for the host's address before it is closed; then it alone
reaches the camera, and nothing else; one connection at a time. Towards the camera little may flow,
so that an eye taken over by a hostile stream cannot send pictures there either.
"""

import argparse
import ipaddress
import select
import socket
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from hub.cage.closing import NotSealed, closed
from hub.cage.gate import NoGate, take
from hub.cage.landlock import NoLandlock, close_neighbours
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.eyes.messages import Passed
from hub.fields import REASON_LIMIT
from hub.messages import Closed, State
from hub.pipes import Writer
from hub.process import prepare, quit_on_sigterm

_CHUNK = 65_536
_PATIENCE = 15.0
"""Seconds for a connection, and for bytes that the other side does not take."""
_PAUSE = 1.0
"""Seconds between two connections: how often it knocks must say little."""
_REPORT_EVERY = 10.0
_RECEIVED, _SENT_AND_AGAIN = 128, 200
"""Offsets in struct tcp_info (linux/tcp.h): tcpi_bytes_received, to which the other side's end adds
one; tcpi_bytes_sent, then tcpi_bytes_retrans."""


class NotAnAddress(Exception):
    """What is given as the camera's is no address and port."""


@dataclass(frozen=True, slots=True)
class Camera:
    """`address`: as a socket of this family takes it, never a name."""

    family: socket.AddressFamily
    address: tuple[str, int] | tuple[str, int, int, int]

    @property
    def port(self) -> int:
        return self.address[1]

    @classmethod
    def of(cls, text: str) -> "Camera":
        """`192.168.1.20:554`, `[fd00::20]:554`, or a name for the address. Raises NotAnAddress."""
        host, _, port = text.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        try:
            number = int(port)
            address = ipaddress.ip_address(_address(host, number))
        except (ValueError, OSError) as error:
            raise NotAnAddress(
                f"The camera {host!r} is not to be found: give its address."
            ) from error
        if address.version == 4:  # noqa: PLR2004 - the Internet Protocol's
            return cls(socket.AF_INET, (str(address), number))
        return cls(socket.AF_INET6, (str(address), number, 0, 0))


def _address(host: str, port: int) -> str:
    """Raises OSError where the name is not known."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return str(found[0][4][0])


@dataclass(slots=True)
class Budget:
    """A bucket of bytes: `left` now, refilled by `rate` a second up to `most`.

    RTSP and HTTP ask for a stream in some hundred bytes, with a password in three thousand, and
    every half minute for it to go on; a snapshot a second is 300 bytes a second.
    """

    most: float = 16_384.0
    rate: float = 500.0
    left: float = 16_384.0
    at: float = 0.0

    def take(self, size: int, now: float) -> bool:
        """Whether so many bytes may pass; those refused do not count."""
        self.left = min(self.most, self.left + self.rate * (now - self.at))
        self.at = now
        allowed = size <= self.left
        self.left -= size if allowed else 0
        return allowed


class Relay:
    """`gate`: listens in the eye's network."""

    def __init__(
        self,
        gate: socket.socket,
        camera: Camera,
        budget: Budget,
        report: Callable[[Passed], None],
        name: str = "relay",
    ) -> None:
        self._gate = gate
        self._camera = camera
        self._budget = budget
        self._report = report
        self._before = Passed(source=name)
        self._line: socket.socket | None = None

    def run(self) -> None:
        while True:
            self.serve()
            time.sleep(_PAUSE)

    def tell(self) -> None:
        """How much has passed until now."""
        self._report(_counted(self._before, self._line) if self._line else self._before)

    def serve(self) -> None:
        """One connection from its beginning to its end."""
        eye, _ = self._gate.accept()
        with eye, suppress(OSError), socket.socket(self._camera.family) as camera:
            for line in (eye, camera):
                line.settimeout(_PATIENCE)
            camera.connect(self._camera.address)
            self._line = camera
            with suppress(OSError):  # one of them has gone
                self._carry(eye, camera)
            self._before, self._line = _counted(self._before, camera), None
            self.tell()

    def _carry(self, eye: socket.socket, camera: socket.socket) -> None:
        """Until one side ends or it is cut. Raises OSError."""
        lines = select.poll()
        lines.register(eye, select.POLLIN)
        lines.register(camera, select.POLLIN)
        told = time.monotonic()
        while True:
            for fd, _ in lines.poll(_REPORT_EVERY * 1000):
                source, sink = (eye, camera) if fd == eye.fileno() else (camera, eye)
                if not (data := source.recv(_CHUNK)):
                    return
                if source is eye and not self._may_pass(len(data)):
                    _forget_unsent(camera)
                    return
                sink.sendall(data)
            if time.monotonic() - told >= _REPORT_EVERY:
                told = time.monotonic()
                self.tell()

    def _may_pass(self, size: int) -> bool:
        allowed = self._budget.take(size, time.monotonic())
        if not allowed:
            self._before = msgspec.structs.replace(self._before, cut=self._before.cut + 1)
        return allowed


def _forget_unsent(line: socket.socket) -> None:
    """Closing it sends nothing more."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _counted(before: Passed, line: socket.socket) -> Passed:
    """With this connection added."""
    info = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    sent, again = struct.unpack_from("=QQ", info, _SENT_AND_AGAIN)
    [received] = struct.unpack_from("=Q", info, _RECEIVED)
    return Passed(
        source=before.source,
        connections=before.connections + 1,
        cut=before.cut,
        bytes_up=before.bytes_up + sent - again,
        bytes_down=before.bytes_down + received,
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--camera", type=str, required=True)
    parser.add_argument("--eye", type=int, required=True)
    parser.add_argument("--name", default="relay")
    args = prepare(parser)
    up = Writer(args.up)
    try:
        camera = Camera.of(args.camera)
        gate = take(args.eye)
        with suppress(NoLandlock):
            close_neighbours(camera.port)
        wall = Closed(source=args.name, level=closed(Role.RELAY))
        up.send(wall)
    except (NotAnAddress, NoGate, NotSealed, OSError) as error:
        up.send(State(source=args.name, state="blind", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY

    def report(passed: Passed) -> None:
        up.send(wall)  # a new house does not know it
        up.send(passed)

    relay = Relay(gate, camera, Budget(at=time.monotonic()), report, args.name)
    quit_on_sigterm(relay.tell)
    relay.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
