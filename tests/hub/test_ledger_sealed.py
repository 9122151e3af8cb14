"""The ledger inside the house's real seal: it sees, writes and mends its file there.

python -m tests.hub.test_ledger_sealed FOLDER PORT [USER]
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.cage.rules import Role
from hub.cage.seal import isolate, seal
from hub.ledger.book import FILE, entries
from hub.ledger.entries import Destination, Traffic
from hub.ledger.purposes import Endpoint
from tests.hub.ledger_parts import kept
from tests.hub.ledger_peer import ROOT, peer

HERE = "127.0.0.1"
STRANGER = 4242
"""A user id without any rights."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where another user gets to, too."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o777)
        yield Path(made)


@pytest.mark.parametrize("user", [0, STRANGER])
def test_sealed_it_counts_and_writes(folder: Path, user: int) -> None:
    if os.geteuid() != 0:
        user = 0  # as who we are
    (folder / FILE).write_bytes(b"damaged" * 1_000)
    if user:
        os.chown(folder / FILE, user, user)
    with peer() as other:
        words = [str(folder), str(other.port), *([str(user)] if user else [])]
        command = [sys.executable, "-m", "tests.hub.test_ledger_sealed", *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 0, done.stderr
        assert other.received() == 10
        [entry] = [each for each in entries(folder / FILE, 0) if each.destination.port]
        assert entry.destination == Destination(HERE, other.port)
        assert entry.traffic == Traffic(connections=1, bytes_out=10)
        assert entry.purpose == "broker"
    told = json.loads(done.stdout)
    assert told["level"] in {"A", "B", "C"}
    assert "damaged" in told["said"][0]


def _inside(folder: str, port: str, user: str = "") -> None:
    socket.getaddrinfo("localhost", 1)  # loads what only root may read here
    if user:
        os.setgroups(())
        os.setresgid(int(user), int(user), int(user))
        os.setresuid(int(user), int(user), int(user))
    isolate(Role.HOUSE)
    sealed = seal(Role.HOUSE, writes=[Path(folder)])
    with kept(Path(folder), Endpoint("localhost", int(port), "broker")) as book:
        book.look()
        with socket.create_connection((HERE, int(port))) as line:
            line.sendall(b"0123456789")
        book.look()
        time.sleep(0.3)
    sys.stdout.write(json.dumps({"level": sealed.level, "said": book.said}))


if __name__ == "__main__":
    _inside(*sys.argv[1:])
