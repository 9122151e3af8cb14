"""The other end of a connection, in a process of its own: what it counts, no ledger has touched.

    python -m tests.hub.ledger_peer ADDRESS PAUSE [TARGET_PORT]

Says its port, then for each connection, when it has ended, how many bytes came. With a target it
passes everything on, both ways. PAUSE: seconds before it reads anything.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Peer:
    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self._process = process
        self.address = address
        self.port = self.received()

    def received(self) -> int:
        """Waits for the end of the next connection."""
        assert self._process.stdout
        return int(self._process.stdout.readline())


@contextmanager
def peer(
    address: str = "127.0.0.1", pause: float = 0, target: int = 0, within: tuple[str, ...] = ()
) -> Iterator[Peer]:
    """`within`: a program that runs another, as nsenter."""
    words = (address, str(pause), *([str(target)] if target else []))
    process = subprocess.Popen(
        [*within, sys.executable, "-m", "tests.hub.ledger_peer", *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            yield Peer(process, address)
        finally:
            process.kill()


def main(address: str, pause: str, target: str = "") -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as server:
        _say(server.getsockname()[1])
        while True:
            line, _ = server.accept()
            threading.Thread(target=_serve, args=(line, float(pause), target)).start()


def _serve(line: socket.socket, pause: float, target: str) -> None:
    time.sleep(pause)
    beyond = socket.create_connection(("127.0.0.1", int(target))) if target else None
    if beyond:
        threading.Thread(target=_carry, args=(beyond, line), daemon=True).start()
    _say(_carry(line, beyond))


def _say(number: int) -> None:
    """A line at once, from several threads."""
    os.write(1, f"{number}\n".encode())


def _carry(source: socket.socket, sink: socket.socket | None) -> int:
    count = 0
    with suppress(OSError):
        while data := source.recv(65_536):
            count += len(data)
            if sink:
                sink.sendall(data)
    with suppress(OSError):
        (sink or source).shutdown(socket.SHUT_RDWR)
    return count


if __name__ == "__main__":
    main(*sys.argv[1:])
