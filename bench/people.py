"""People cut out of photographs, to be pasted onto a still and moved: what a camera would see.

From a folder of the development data: COCO instances with polygons, and a photo without anybody.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from vision.images import Pixels

_INSTANCES = "vision/coco_train/instances_train128.json"
_STILL = "vision/ambianic/background.jpg"
_PERSON = 1
_TALL, _SLIM = 0.45, 1.6
"""Share of the photo's height, and height over width: people who stand, seen whole."""


@dataclass(frozen=True, slots=True)
class Person:
    """`mask` (height, width) 0..255: what of `pixels` is the person."""

    pixels: Pixels = field(repr=False)
    mask: Pixels = field(repr=False)

    def tall(self, height: int) -> "Person":
        """The same person, `height` pixels tall."""
        width = max(1, round(self.pixels.shape[1] * height / self.pixels.shape[0]))
        return Person(
            cv2.resize(self.pixels, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8),
            cv2.resize(self.mask, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8),
        )


def people(data: Path) -> tuple[Person, ...]:
    """All who stand. Raises OSError where the data is not there."""
    told = json.loads((data / _INSTANCES).read_text())
    photos = {each["id"]: each for each in told["images"]}
    return tuple(
        _cut(data / "vision/coco_train/images" / photos[each["image_id"]]["file_name"], each)
        for each in told["annotations"]
        if each["category_id"] == _PERSON
        and not each["iscrowd"]
        and each["bbox"][3] > _TALL * photos[each["image_id"]]["height"]
        and each["bbox"][3] > _SLIM * each["bbox"][2]
    )


def still(data: Path, width: int = 1280, height: int = 720) -> Pixels:
    """A place without anybody. Raises OSError."""
    return cv2.resize(read(data / _STILL), (width, height), interpolation=cv2.INTER_AREA).astype(
        np.uint8
    )


def read(file: Path) -> Pixels:
    """RGB. Raises OSError for what is no picture."""
    found = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    if found is None:
        raise OSError(f"{file} is no picture.")
    return cv2.cvtColor(found, cv2.COLOR_BGR2RGB).astype(np.uint8)


def pasted(place: Pixels, person: Person, left: int, top: int) -> Pixels:
    """A copy of the place with the person in it, as far as it lies in the picture."""
    out = place.copy()
    high, wide = person.mask.shape
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(out.shape[1], left + wide), min(out.shape[0], top + high)
    if x0 < x1 and y0 < y1:
        inner = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
        share = person.mask[inner][:, :, None].astype(np.float32) / 255
        under = out[y0:y1, x0:x1]
        out[y0:y1, x0:x1] = (person.pixels[inner] * share + under * (1 - share)).astype(np.uint8)
    return out


def walk(place: Pixels, walkers: Sequence[Person], count: int) -> Iterator[Pixels]:
    """`count` pictures of them, one after the other, each crossing from left to right."""
    each = max(1, count // len(walkers))
    for number in range(count):
        person = walkers[number // each % len(walkers)]
        high, wide = person.mask.shape
        span = place.shape[1] + wide
        left = round(span * (number % each) / each) - wide
        yield pasted(place, person, left, round(place.shape[0] * 0.95) - high)


def _cut(file: Path, told: dict[str, list[list[float]]]) -> Person:
    photo = read(file)
    mask = np.zeros(photo.shape[:2], np.uint8)
    for ring in told["segmentation"]:
        corners = np.asarray(ring, np.float32).reshape(-1, 2).round().astype(np.int32)
        cv2.fillPoly(mask, [corners], (255,))
    soft = cv2.GaussianBlur(mask, (3, 3), 0).astype(np.uint8)
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Person(np.ascontiguousarray(photo[box]), np.ascontiguousarray(soft[box]))
