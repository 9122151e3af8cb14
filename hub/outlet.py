"""The process that sends speech to one satellite, and can hear nothing of it.

`python -m hub.cage outlet --inlet FD --speech FD --name NAME --up FD --down FD --parent PID`. Its
inlet hands it the connection; then it closes itself: the kernel lets it read nothing but what the
mouth and the house tell it. What a satellite is told is here, and holds no words.
"""

import argparse
import os
import select
import socket
import struct
import sys
import time
from dataclasses import dataclass, field

import msgspec

from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.messages import Closed, Spoken, State
from hub.pipes import Reader, Writer
from hub.process import prepare, quit_on_sigterm
from hub.satellites.messages import Cue, Sent, ToSatellite
from hub.satellites.pacing import Begin, End, Pacing, Played, Sound, Step
from hub.satellites.speech import RATE, Pieces
from hub.satellites.words import NOT_CLOSED
from integrations.wyoming.wire import written

_PATIENCE = 5.0
"""Seconds for what a satellite does not take."""
_REPORT_EVERY = 10.0
_CHUNK = 65_536
_BYTES_SENT = 200
"""Offset of tcpi_bytes_sent in struct tcp_info (linux/tcp.h)."""
_FORMAT = {"rate": RATE, "width": 2, "channels": 1}


class Gone(Exception):
    """The satellite takes nothing any more, or its inlet ended before it was connected."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inlet", type=int, required=True)
    parser.add_argument("--speech", type=int, required=True)
    parser.add_argument("--name", required=True)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    up = Writer(args.up)
    try:
        line = _taken(args.inlet)
        _forget(args.speech)
        down = Reader(args.down, msgspec.json.Decoder(ToSatellite))
        wall = Closed(source=args.name, level=closed(Role.OUTLET, (args.down, args.speech)))
        up.send(wall)
        up.send(State(source=args.name, state="ready"))
        Outlet(args.name, line, args.speech, down, up, wall).run()
    except Gone:
        pass  # its inlet says why
    except NotSealed:
        up.send(State(source=args.name, state="deaf", reason=NOT_CLOSED))
    return NOT_READY


def _taken(inlet: int) -> socket.socket:
    """Raises Gone."""
    with socket.socket(fileno=inlet) as pair:
        _, descriptors, _, _ = socket.recv_fds(pair, 1, 1)
    if not descriptors:
        raise Gone
    line = socket.socket(fileno=descriptors[0])
    line.settimeout(_PATIENCE)
    return line


def _forget(speech: int) -> None:
    """What was said to a satellite that was not there is not said to one that comes back."""
    os.set_blocking(speech, False)
    try:
        while os.read(speech, _CHUNK):
            pass
    except BlockingIOError:
        pass


@dataclass
class Outlet:
    name: str
    line: socket.socket
    speech: int
    down: Reader[ToSatellite]
    up: Writer
    wall: Closed
    pacing: Pacing = field(default_factory=Pacing)
    pieces: Pieces = field(default_factory=Pieces)

    def run(self) -> None:
        """Raises Gone."""
        self._send(written("run-satellite", {}))
        reported = time.monotonic()
        while True:
            now = time.monotonic()
            for step in self.pacing.steps(now):
                self._do(step)
            if now - reported >= _REPORT_EVERY:
                reported = now
                self.up.send(self.wall)  # a new house does not know it
                self.up.send(Sent(source=self.name, bytes_up=self._sent()))
            wait = self.pacing.wait(now)
            patience = _REPORT_EVERY if wait is None else min(wait, _REPORT_EVERY)
            ready, _, _ = select.select([self.down.fd, self.speech], [], [], patience)
            if self.speech in ready:
                for piece in self.pieces.feed(os.read(self.speech, _CHUNK)):
                    self.pacing.add(piece)
            if self.down.fd in ready:
                for cue in self.down.poll():
                    self._take(cue)

    def _take(self, cue: Cue) -> None:
        match cue.cue:
            case "woken":
                self._send(written("detection", {}))
            case "over":
                self._send(written("transcript", {"text": ""}))
            case "hush":
                self.pacing.hush(cue.id)

    def _do(self, step: Step) -> None:
        match step:
            case Begin():
                self._send(written("audio-start", _FORMAT))
            case Sound(pcm):
                self._send(written("audio-chunk", _FORMAT, pcm))
            case End():
                self._send(written("audio-stop", {}))
            case Played(number, seconds):
                self.up.send(Spoken(source=self.name, id=number, seconds=seconds))

    def _send(self, event: bytes) -> None:
        try:
            self.line.sendall(event)
        except OSError as error:
            raise Gone from error

    def _sent(self) -> int:
        info = self.line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
        [sent] = struct.unpack_from("=Q", info, _BYTES_SENT)
        return int(sent)


if __name__ == "__main__":
    sys.exit(main())
