"""A camera for the benches, as a process of its own: `python -m bench.camera PORT SCENE [SEED]`.

MJPEG over HTTP, 1280x720, 5 pictures a second, encoded before it begins, so that it costs next to
nothing while it is measured. SCENE: `moving` (people cross all the time), `still` (one crosses in
each minute) or `entries` (people appear in the lower middle of the picture, stay for 3 s and are
gone for 4 to 6). Of the last it prints a line for each entry: seconds of time.monotonic() at which
the first picture with that person was sent, and at which the first without was.
"""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle

import cv2

from bench.figures import recordings_folder
from bench.people import Person, pasted, people, still, walk
from vision.images import Pixels

FPS = 5
_HEIGHTS = (260, 340, 420)
"""Pixels that a person is tall, of 720."""
_WALKERS = 6
_CROSSING = 6 * FPS
_MINUTE = 60 * FPS
_STAYS, _AWAY = 3 * FPS, (4 * FPS, 6 * FPS)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture as it is sent; `somebody`: a person is in it."""

    jpeg: bytes
    somebody: bool


def scene(name: str, seed: int) -> Sequence[Shot]:
    """All shots of a round, which is played over and over."""
    chance = random.Random(seed)
    data = recordings_folder()
    place = still(data)
    found = list(people(data))
    chance.shuffle(found)
    walkers = [person.tall(chance.choice(_HEIGHTS)) for person in found[:_WALKERS]]
    nobody = Shot(_jpeg(place), somebody=False)
    match name:
        case "moving":
            return [Shot(_jpeg(p), somebody=True) for p in walk(place, walkers, 20 * FPS)]
        case "still":
            crossing = [Shot(_jpeg(p), somebody=True) for p in walk(place, walkers[:1], _CROSSING)]
            return [*crossing, *(nobody for _ in range(_MINUTE - len(crossing)))]
        case _:
            everybody = [person.tall(chance.choice(_HEIGHTS)) for person in found]
            return [shot for each in everybody for shot in _visit(place, each, nobody, chance)]


def _visit(place: Pixels, person: Person, nobody: Shot, chance: random.Random) -> Iterator[Shot]:
    yield from (nobody for _ in range(chance.randint(*_AWAY)))
    high, wide = person.mask.shape
    middle = (place.shape[1] - wide) // 2
    for number in range(_STAYS):
        shown = pasted(place, person, middle + 8 * number, round(place.shape[0] * 0.95) - high)
        yield Shot(_jpeg(shown), somebody=True)


def _jpeg(pixels: Pixels) -> bytes:
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, 85))[1].tobytes()


class _Played(BaseHTTPRequestHandler):
    shots: Sequence[Shot] = ()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        due, before = time.monotonic(), False
        for shot in cycle(self.shots):
            head = b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
            try:
                self.wfile.write(head % len(shot.jpeg) + shot.jpeg + b"\r\n")
            except OSError:
                return
            if shot.somebody != before:
                print("in" if shot.somebody else "out", time.monotonic(), flush=True)
            before = shot.somebody
            due += 1 / FPS
            time.sleep(max(0.0, due - time.monotonic()))

    def log_message(self, *_: object) -> None:
        """Nothing but entries is printed."""


def main() -> None:
    port, name, *seed = sys.argv[1:]
    _Played.shots = scene(name, int(seed[0]) if seed else 0)
    print("ready", flush=True)
    ThreadingHTTPServer(("127.0.0.1", int(port)), _Played).serve_forever()


if __name__ == "__main__":
    main()
