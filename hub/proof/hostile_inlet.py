"""An inlet that was taken over by what its satellite sends: closed like ours (`sealed`) or not
(`open`).

`python -m hub.proof.hostile_inlet sealed|open --satellite HOST:PORT --outlet FD --sound FD --name
NAME --up FD --down FD --parent PID`. It hands the connection over as ours does, then sends sound
back to its satellite, tries every way out that a hostile senses knows, and tells the house sound
in every word that it has.
"""

import argparse
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from hub.cage.closing import closed
from hub.cage.rules import Role
from hub.cage.seal import isolate
from hub.fields import REASON_LIMIT
from hub.messages import Closed, Spoken, State
from hub.pipes import encode
from hub.process import prepare, quit_on_sigterm
from hub.proof.attempts import try_every
from hub.proof.contraband import BASE64, SOUND
from hub.satellites.messages import FromSatellite, Sent

_TAKEN = SOUND[:1_000]
_PACE = 0.002
_FOREVER = 3_600.0


def main() -> int:
    sealed = sys.argv.pop(1) == "sealed"
    if sealed:
        isolate(Role.INLET)
    parser = argparse.ArgumentParser()
    for name in ("--satellite", "--name"):
        parser.add_argument(name, required=True)
    for name in ("--outlet", "--sound"):
        parser.add_argument(name, type=int, required=True)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    folders = tuple(Path(os.environ[name]) for name in ("HOME", "XDG_RUNTIME_DIR"))
    host, _, port = args.satellite.rpartition(":")
    line = socket.create_connection((host, int(port)))
    with socket.socket(fileno=args.outlet) as outlet:
        socket.send_fds(outlet, [b"."], [line.fileno()])
    os.set_blocking(args.up, True)
    if sealed:
        level = closed(Role.INLET, (args.up,))
        os.write(args.up, encode(Closed(source=args.name, level=level)))
    for way in _back(line):
        with suppress(OSError):
            way()
    try_every(folders)
    os.write(args.up, b"\n")  # behind what the attempts left in the pipe
    for said in _said(args.name):
        os.write(args.up, said)
        time.sleep(_PACE)
    time.sleep(_FOREVER)  # one that ends would be started again
    return 0


def _back(line: socket.socket) -> Iterator[Callable[[], object]]:
    """To the satellite; what tests/hub/satellites/hostile.py tries is more."""
    yield lambda: line.send(_TAKEN)
    yield lambda: line.sendmsg([_TAKEN])
    yield lambda: os.write(line.fileno(), _TAKEN)
    yield lambda: os.writev(line.fileno(), [_TAKEN])
    yield lambda: os.write(os.dup(line.fileno()), _TAKEN)


def _said(name: str) -> Iterator[bytes]:
    yield SOUND.replace(b"\n", b"") + b"\n"
    for at in range(0, 4_000, 80):
        piece, number = BASE64[at : at + 80], int.from_bytes(SOUND[at : at + 4], "big")
        messages: tuple[FromSatellite, ...] = (
            State(source=name, state="deaf", reason=piece[:REASON_LIMIT]),
            Spoken(source=name, id=number, seconds=float(number)),
            Sent(source=name, bytes_up=number),
        )
        yield from map(encode, messages)


if __name__ == "__main__":
    sys.exit(main())
