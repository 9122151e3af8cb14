"""A camera that is none: `python -m hub.proof.camera` serves one picture over and over (MJPEG).

The picture is contraband: should any of it be seen where it must not, the proof says so.
"""

import socketserver
import time

from hub.proof.addresses import CAMERA, CAMERA_PORT
from hub.proof.canary import picture

_PACE = 0.2
"""Seconds between two pictures."""
_LONGEST_REQUEST = 65_536
_HEAD = (
    b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
    b"Content-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n"
)


class Watched(socketserver.StreamRequestHandler):
    """Whatever is asked for, by whomever, the answer is the stream."""

    def handle(self) -> None:
        self.connection.recv(_LONGEST_REQUEST)
        self.wfile.write(_HEAD)
        jpeg = picture()
        head = b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg)
        while True:
            self.wfile.write(head + jpeg + b"\r\n")
            time.sleep(_PACE)


class Camera(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Whoever looked has gone."""


if __name__ == "__main__":
    with Camera((CAMERA, CAMERA_PORT), Watched) as camera:
        camera.serve_forever()
