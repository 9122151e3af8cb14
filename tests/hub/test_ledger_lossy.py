"""What had to be sent again counts once, wherever it was lost."""

import os
import socket
import subprocess
import sys
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCOUTQ

import pytest

from tests.hub.ledger_parts import kept
from tests.hub.ledger_peer import ROOT, peer


@pytest.mark.skipif(os.geteuid() != 0, reason="Not root: no lossy network can be made.")
@pytest.mark.parametrize(
    "where", ["on the way", pytest.param("in our own queue", marks=pytest.mark.slow)]
)
def test_bytes_that_had_to_be_sent_again_count_once(tmp_path: Path, where: str) -> None:
    script = Path(__file__).with_name("ledger_lossy.sh")
    command = ["unshare", "-n", "sh", "-e", str(script), where, sys.executable]
    done = subprocess.run(
        [*command, "-m", "tests.hub.test_ledger_lossy", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    tried, ledger, received = (int(word) for word in done.stdout.split())
    assert tried > 150_000
    assert ledger == received == 150_000


def _over_a_lossy_line(folder: str, address: str, *within: str) -> None:
    """Bytes sent, each time anew; bytes in the ledger; bytes that arrived."""
    with kept(Path(folder)) as book, peer(address, within=within) as other:
        with socket.create_connection((address, other.port)) as line:
            line.sendall(bytes(150_000))
            while any(ioctl(line, TIOCOUTQ, bytes(4))):
                time.sleep(0.01)
            info = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 208)
        book.look()
        tried = int.from_bytes(info[200:208], sys.byteorder)
        ledger = book.of(address, other.port).bytes_out
        sys.stdout.write(f"{tried} {ledger} {other.received()}")


if __name__ == "__main__":
    _over_a_lossy_line(*sys.argv[1:])
