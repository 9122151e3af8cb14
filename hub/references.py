"""Labelled pictures in the format of COCO's instances: who is where in each."""

from pathlib import Path

import msgspec

from hub.cli.options import BadInput
from vision.boxes import Box
from vision.scoring import TALL, Truth


class _Picture(msgspec.Struct):
    id: int
    file_name: str
    width: float
    height: float


class _Kind(msgspec.Struct):
    id: int
    name: str


class _Thing(msgspec.Struct):
    image_id: int
    category_id: int
    bbox: tuple[float, float, float, float]
    iscrowd: int = 0


class _Instances(msgspec.Struct):
    images: list[_Picture]
    annotations: list[_Thing]
    categories: list[_Kind]


def references(file: Path) -> dict[Path, Truth]:
    """Each picture with its people. Raises BadInput."""
    try:
        told = msgspec.json.decode(file.read_bytes(), type=_Instances)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadInput(f"{file} holds no labelled pictures (COCO instances): {error}") from error
    people = {kind.id for kind in told.categories if kind.name == "person"}
    by_picture: dict[int, list[_Thing]] = {picture.id: [] for picture in told.images}
    for thing in told.annotations:
        if thing.category_id in people and thing.image_id in by_picture:
            by_picture[thing.image_id].append(thing)
    return {_place(file.parent, each): _truth(each, by_picture[each.id]) for each in told.images}


def _place(folder: Path, picture: _Picture) -> Path:
    """Beside the labels, or in their folder `images`."""
    beside = folder / picture.file_name
    return beside if beside.exists() else folder / "images" / picture.file_name


def _truth(picture: _Picture, things: list[_Thing]) -> Truth:
    people: list[Box] = []
    others: list[Box] = []
    for thing in things:
        left, top, width, height = thing.bbox
        box = Box(
            left / picture.width,
            top / picture.height,
            (left + width) / picture.width,
            (top + height) / picture.height,
        )
        counts = box.height > TALL and not thing.iscrowd
        (people if counts else others).append(box)
    return Truth(tuple(people), tuple(others))
