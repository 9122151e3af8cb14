"""The process that takes in the sound of one satellite, and can send it nothing.

`python -m hub.cage inlet --satellite HOST:PORT --outlet FD --sound FD --name NAME --up FD --down FD
--parent PID`. It connects, hands the connection to its outlet as well, and closes itself: from
then on the kernel lets it write nowhere but to the house, and to memory that senses alone reads.
"""

import argparse
import socket
import sys
import time

from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.door.budget import Budget
from hub.messages import Closed, State
from hub.pipes import Writer
from hub.process import prepare, quit_on_sigterm
from hub.satellites.sound_in import MOST, SoundIn, WrongSound
from hub.satellites.words import GONE, NOT_CLOSED, NOT_WYOMING, UNREACHABLE, WRONG_SOUND
from hub.sound_memory import SoundWriter
from integrations.wyoming.wire import Events, Refused

_PATIENCE = 10.0
"""Seconds for a connection, and between two reports of how it is closed."""
_CHUNK = 65_536
_AT_ONCE, _A_SECOND = 1_000_000.0, 128_000.0
"""Bytes that are taken in: four times what sound needs. What is more waits at the satellite."""
_WHY = {Refused: NOT_WYOMING, WrongSound: WRONG_SOUND, NotSealed: NOT_CLOSED}
_SILENT, _KNOCKS = 10, 3
"""Seconds without sound after which the kernel asks whether it is still there; how often."""


class Unheard(Exception):
    """The satellite cannot be heard, or not any more; one of hub.satellites.words."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--satellite", required=True)
    parser.add_argument("--outlet", type=int, required=True)
    parser.add_argument("--sound", type=int, required=True)
    parser.add_argument("--name", required=True)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    up = Writer(args.up)
    try:
        sound = SoundIn(SoundWriter(args.sound))
        line = _connected(args.satellite)
        with socket.socket(fileno=args.outlet) as outlet:
            socket.send_fds(outlet, [b"."], [line.fileno()])
        wall = Closed(source=args.name, level=closed(Role.INLET, (args.up,)))
        up.send(wall)
        up.send(State(source=args.name, state="ready"))
        _hear(line, sound, up, wall)
    except (Unheard, Refused, WrongSound, NotSealed) as error:
        up.send(State(source=args.name, state="deaf", reason=_WHY.get(type(error), str(error))))
    return NOT_READY


def _connected(satellite: str) -> socket.socket:
    """Raises Unheard."""
    host, _, port = satellite.rpartition(":")
    try:
        line = socket.create_connection((host, int(port)), _PATIENCE)
    except OSError as error:
        raise Unheard(UNREACHABLE) from error
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _SILENT)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _SILENT)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, _KNOCKS)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _hear(line: socket.socket, sound: SoundIn, up: Writer, wall: Closed) -> None:
    """Until it ends. Raises Unheard, Refused, WrongSound."""
    events, told, allowance = Events(MOST), time.monotonic(), Budget(_AT_ONCE, _A_SECOND)
    while True:
        try:
            data = line.recv(_CHUNK)
        except TimeoutError:
            data = None
        except OSError as error:
            raise Unheard(GONE) from error
        now = time.monotonic()
        if data == b"":
            raise Unheard(GONE)
        while not allowance.pay(len(data or b""), time.monotonic()):
            time.sleep(_CHUNK / _A_SECOND)
        for event in events.feed(data or b""):
            sound.take(event, now)
        if now - told >= _PATIENCE:
            told = now
            up.send(wall)  # a new house does not know it


if __name__ == "__main__":
    sys.exit(main())
