"""Taken over, an inlet sends its satellite nothing, and an outlet hears nothing of it. Without the
seal both do: the attempts are real.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.usefixtures("root")


@pytest.fixture
def root() -> None:
    if os.geteuid() != 0:
        pytest.skip("Not root: networks of one's own cannot be made everywhere.")


@dataclass
class Room:
    """A satellite that talks all the time, and keeps what it is told."""

    server: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    told: bytearray = field(default_factory=bytearray)

    @property
    def port(self) -> int:
        port: int = self.server.getsockname()[1]
        return port

    def serve(self) -> None:
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line:
            line.sendall(b"what was said" * 100)
            try:
                while told := line.recv(1_000):
                    self.told += told
            except OSError:
                pass


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    thread = threading.Thread(target=made.serve)
    thread.start()
    yield made
    made.server.shutdown(socket.SHUT_RDWR)
    made.server.close()
    thread.join(5)


def got(room: Room, role: str, how: str) -> int:
    """Attempts that came to something."""
    ours, theirs = os.pipe()
    words = [role, str(room.port), str(theirs), how]
    subprocess.run(
        [sys.executable, "-m", "tests.hub.satellites.hostile", *words],
        pass_fds=(theirs,),
        cwd=ROOT,
        check=True,
    )
    os.close(theirs)
    with os.fdopen(ours) as told:
        return int(told.read())


def test_an_inlet_sends_nothing(room: Room) -> None:
    assert got(room, "inlet", "sealed") == 0
    assert room.told == b""


def test_an_outlet_hears_nothing(room: Room) -> None:
    assert got(room, "outlet", "sealed") == 0


@pytest.mark.parametrize(("role", "least"), [("inlet", 8), ("outlet", 5)])
def test_without_the_seal_they_would(room: Room, role: str, least: int) -> None:
    assert got(room, role, "open") >= least
    assert role == "outlet" or b"canary" in room.told
