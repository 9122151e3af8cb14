"""A network camera's stand-in: serves a film to whoever connects, and keeps what it was sent.

It speaks raw MPEG-TS, HTTP, and RTSP with its pictures inside the same connection.
"""

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

import av
import numpy as np

Protocol = Literal["tcp", "http", "rtsp"]
PICTURES = 50
WIDTH, HEIGHT = 320, 240
_PACKET = 7 * 188
"""Bytes of MPEG-TS in an RTP packet, as usual."""
_SDP = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 33\r\na=control:track1\r\n"
)


def film(pictures: int = PICTURES) -> bytes:
    """MPEG-TS that grows brighter: picture n is as bright as `brightness(n)`."""
    file = io.BytesIO()
    with av.open(file, "w", format="mpegts") as container:
        stream = container.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(pictures):
            grey = np.full((HEIGHT, WIDTH, 3), brightness(number, pictures), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def brightness(number: int, pictures: int = PICTURES) -> int:
    return 40 + 170 * number // pictures


@dataclass
class Camera:
    """`received`: all that it was sent, over all connections."""

    protocol: Protocol
    server: socket.socket
    film: bytes
    received: bytearray = field(default_factory=bytearray)
    connections: int = 0

    @property
    def port(self) -> int:
        return int(self.server.getsockname()[1])

    def serve(self) -> None:
        """Until its server is closed."""
        with suppress(OSError):
            while True:
                line, _ = self.server.accept()
                self.connections += 1
                with line, suppress(OSError):
                    self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        match self.protocol:
            case "tcp":
                line.sendall(self.film)
            case "http":
                self._request(line)
                head = f"HTTP/1.0 200 OK\r\nContent-Length: {len(self.film)}\r\n\r\n"
                line.sendall(head.encode() + self.film)
            case "rtsp":
                self._rtsp(line)
        line.shutdown(socket.SHUT_WR)
        while data := line.recv(65_536):
            self.received += data

    def _request(self, line: socket.socket) -> str:
        text = b""
        while not text.endswith(b"\r\n\r\n"):
            if not (data := line.recv(4096)):
                raise ConnectionResetError
            text += data
        self.received += text
        return text.decode()

    def _rtsp(self, line: socket.socket) -> None:
        method = ""
        while method != "PLAY":
            asked = self._request(line)
            method = asked.split()[0]
            [number] = [row for row in asked.split("\r\n") if row.lower().startswith("cseq")]
            line.sendall(f"RTSP/1.0 200 OK\r\n{number}\r\n{_RTSP[method]}".encode())
        for count, start in enumerate(range(0, len(self.film), _PACKET)):
            body = self.film[start : start + _PACKET]
            head = b"\x80\x21" + count.to_bytes(2, "big") + bytes(4) + b"eyes"
            line.sendall(b"$\0" + (12 + len(body)).to_bytes(2, "big") + head + body)


_RTSP = {
    "OPTIONS": "Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n",
    "DESCRIBE": f"Content-Type: application/sdp\r\nContent-Length: {len(_SDP)}\r\n\r\n{_SDP}",
    "SETUP": "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n\r\n",
    "PLAY": "Session: 1\r\n\r\n",
}


@contextmanager
def camera(protocol: Protocol = "tcp", pictures: int = PICTURES) -> Iterator[Camera]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        standing = Camera(protocol, server, film(pictures))
        thread = threading.Thread(target=standing.serve)
        thread.start()
        try:
            yield standing
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
