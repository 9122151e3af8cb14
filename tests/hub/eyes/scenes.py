"""Films of people cut out of the development photographs, who come and go before a front door."""

from pathlib import Path

from bench.people import pasted, people, still
from tests.vision.sources.camera import film
from vision.images import Pixels

FPS = 5
AWAY, THERE = 6 * FPS, 6 * FPS


def visits(data: Path, file: Path, rounds: int = 8) -> Path:
    """640 by 360: nobody for six seconds, somebody for six, over and over."""
    place = still(data, 640, 360)
    walkers = [person.tall(220) for person in people(data)[4:8]]
    shown: list[Pixels] = []
    for number in range(rounds):
        person = walkers[number % len(walkers)]
        left = (640 - person.mask.shape[1]) // 2 - 60
        shown += [place] * AWAY
        shown += [pasted(place, person, left + 4 * step, 130) for step in range(THERE)]
    return film(file, shown, FPS)
