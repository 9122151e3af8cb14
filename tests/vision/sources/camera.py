"""Cameras to connect to: MJPEG and snapshots over HTTP, broken on purpose where a test says so."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av
import cv2
import numpy as np

from vision.images import Pixels

Serve = Callable[[BaseHTTPRequestHandler], None]


def jpeg(brightness: int, width: int = 64, height: int = 48) -> bytes:
    pixels = np.full((height, width, 3), brightness, np.uint8)
    return cv2.imencode(".jpg", pixels)[1].tobytes()


def mjpeg(*pictures: bytes, pause: float = 0.02) -> Serve:
    """Played over and over until nobody looks."""

    def serve(to: BaseHTTPRequestHandler) -> None:
        to.send_response(200)
        to.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        to.end_headers()
        while True:
            for each in pictures:
                head = b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                to.wfile.write(head % len(each) + each + b"\r\n")
                time.sleep(pause)

    return serve


def body(content: bytes, kind: str = "image/jpeg", status: int = 200) -> Serve:
    def serve(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        to.send_header("Content-Type", kind)
        to.send_header("Content-Length", str(len(content)))
        to.end_headers()
        to.wfile.write(content)

    return serve


class Camera:
    """`serve` may be changed while it stands; `asked` counts requests."""

    def __init__(self, serve: Serve) -> None:
        self.serve = serve
        self.asked = 0
        self.headers: list[str] = []
        self.connections: list[socket.socket] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked += 1
                outer.headers.append(str(self.headers))
                outer.connections.append(self.connection)
                try:
                    outer.serve(self)
                except OSError:
                    return

            def log_message(self, *_: object) -> None:
                """It is quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Whoever looks is cut off: what a test leaves open, later ones would find."""
        self.server.shutdown()
        self.server.server_close()
        for each in self.connections:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/stream"


@contextmanager
def camera(serve: Serve) -> Iterator[Camera]:
    standing = Camera(serve)
    try:
        yield standing
    finally:
        standing.close()


def film(file: Path, pictures: list[Pixels], fps: int = 10) -> Path:
    """An H.264 film."""
    with av.open(str(file), "w") as out:
        stream = out.add_stream("libx264", rate=fps)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for pixels in pictures:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode())
    return file
