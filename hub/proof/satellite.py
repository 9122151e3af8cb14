"""A satellite that is none: `python -m hub.proof.satellite` sends one sound over and over.

The sound is contraband: should any of it be heard where it must not, the proof says so.
"""

import socketserver
import time

from hub.proof.addresses import SATELLITE, SATELLITE_PORT
from hub.proof.contraband import SOUND
from integrations.wyoming.wire import written

_CHUNK = 2_000
"""Bytes of sound in an event."""
_BYTES_A_SECOND = 32_000
_FORMAT = {"rate": 16_000, "width": 2, "channels": 1}


class Heard(socketserver.BaseRequestHandler):
    """What it is told is captured on the wire: nobody need read it here."""

    def handle(self) -> None:
        while True:
            for at in range(0, len(SOUND), _CHUNK):
                self.request.sendall(written("audio-chunk", _FORMAT, SOUND[at : at + _CHUNK]))
                time.sleep(_CHUNK / _BYTES_A_SECOND)


class Satellite(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Whoever listened has gone."""


if __name__ == "__main__":
    with Satellite((SATELLITE, SATELLITE_PORT), Heard) as satellite:
        satellite.serve_forever()
