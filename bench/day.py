"""A long day before a camera at speed: does memory grow, and is anything written?

`python -m bench.day [--hours 1] [--json]`. The whole chain of an eye (never-see, motion, detector,
tracks, zones, things left) sees 1280x720 pictures, five for each simulated second: a still with
noise, and somebody who walks through it once a minute. Memory is the process's own resident set; bytes
written are the kernel's count for it (/proc/self/io: `wchar` all, `write_bytes` to any disk), less
what it prints itself.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from bench.camera import FPS
from bench.figures import recordings_folder, show
from bench.people import people, still, walk
from hub.engines import Workshop
from hub.settings import EngineChoice
from hub.shelf.shelf import open_shelf
from vision.images import Image, Pixels
from vision.watcher import Options, Watcher
from vision.zones import Zone

_CORNERS = ((0.3, 0.2), (0.75, 0.2), (0.75, 1.0), (0.3, 1.0))
_HIDDEN = ((0.0, 0.0), (0.2, 0.0), (0.2, 0.3), (0.0, 0.3))
_MINUTE, _VISIT, _NOISY = 60 * FPS, 8 * FPS, 12
_WARM = 5
"""Minutes until memory is looked at for the first time."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """MB resident after some minutes and at the end; `visits` told as people in the zone."""

    hours: float
    pictures: int
    detections: int
    visits: int
    told: int
    rss_first: float
    rss_last: float
    written: int
    to_disk: int


def pictures() -> Iterator[tuple[Pixels, bool]]:
    """For ever: each, and whether somebody walks through it."""
    chance = np.random.default_rng(1)
    data = recordings_folder()
    place = still(data)
    noise = [chance.integers(-4, 5, place.shape, dtype=np.int16) for _ in range(_NOISY)]
    quiet = [np.clip(place + each, 0, 255).astype(np.uint8) for each in noise]
    walkers = [person.tall(340) for person in people(data)[4:10]]
    visits = [[*walk(place, [walker], _VISIT)] for walker in walkers]
    number = 0
    while True:
        for at in range(_MINUTE - _VISIT):
            yield quiet[at % _NOISY], False
        for shown in visits[number % len(visits)]:
            yield shown, True
        number += 1


def live(hours: float) -> Day:
    detector = Workshop(open_shelf()).detector(EngineChoice(engine="yolox"))
    zone = Zone("door", _CORNERS, objects=True)
    watcher = Watcher(Options(never_see=(_HIDDEN,), zones=(zone,)), detector)
    before, count = io(), round(hours * 3600 * FPS)
    visits = told = 0
    first, was_there, seen = 0.0, False, False
    for number, (shown, there) in zip(range(count), pictures(), strict=False):
        view = watcher.see(Image(shown, number / FPS))
        if there and not was_there:
            visits, seen = visits + 1, False
        if there and not seen and view.counts["door"].get("person"):
            told, seen = told + 1, True
        was_there = there
        if number == _WARM * _MINUTE:
            first = rss()
    after = io()
    return Day(
        hours=hours,
        pictures=count,
        detections=watcher.detections,
        visits=visits,
        told=told,
        rss_first=first,
        rss_last=rss(),
        written=after["wchar"] - before["wchar"],
        to_disk=after["write_bytes"] - before["write_bytes"],
    )


def io() -> dict[str, int]:
    lines = (line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return {name: int(value) for name, value in lines}


def rss() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * 4096 / 1e6, 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.day")
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    day = live(args.hours)
    if args.json:
        print(msgspec.json.encode(day).decode())
    else:
        show(Day.__struct_fields__, [msgspec.structs.astuple(day)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
