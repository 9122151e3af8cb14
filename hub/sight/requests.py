"""What the owner asks of the cameras at the machine itself."""

import time

from hub.control import (
    Answer,
    CameraLine,
    CameraRequest,
    CamerasRequest,
    OutlineLine,
    SketchRequest,
)
from hub.sight.lane import Eyes

_NONE = "There are no cameras in the settings (docs/cameras.md)."


async def from_owner_of_cameras(
    eyes: Eyes | None, request: CamerasRequest | CameraRequest | SketchRequest
) -> Answer:
    if eyes is None:
        return Answer(result="failed", problem=_NONE)
    match request:
        case CamerasRequest():
            return Answer(cameras=_lines(eyes))
        case CameraRequest(keys=keys) if unknown := _unknown(eyes, keys):
            return unknown
        case CameraRequest(on=True, keys=keys):
            eyes.open(keys or tuple(eyes.sight.doors), "machine")
            return Answer(cameras=_lines(eyes))
        case CameraRequest(keys=keys, until=until, until_left=left):
            eyes.close(keys or tuple(eyes.sight.doors), "machine", until, until_left=left)
            return Answer(cameras=_lines(eyes))
        case SketchRequest(key=key):
            return _unknown(eyes, (key,)) or await _outline(eyes, key)


def _unknown(eyes: Eyes, keys: tuple[str, ...]) -> Answer | None:
    wrong = [key for key in keys if key not in eyes.sight.doors]
    if not wrong:
        return None
    known = ", ".join(eyes.sight.doors)
    return Answer(result="failed", problem=f"There is no camera {wrong[0]!r}; there are: {known}.")


async def _outline(eyes: Eyes, key: str) -> Answer:
    if eyes.sight.scene.cameras[key].condition != "watching":
        condition = eyes.sight.scene.cameras[key].condition
        return Answer(result="failed", problem=f"The camera {key} sees nothing: it is {condition}.")
    found = await eyes.outline(key)
    if found is None:
        return Answer(result="failed", problem=f"The camera {key} does not answer.")
    return Answer(outline=OutlineLine(width=found.width, height=found.height, bits=found.bits))


def _lines(eyes: Eyes) -> tuple[CameraLine, ...]:
    now, sight = time.monotonic(), eyes.sight
    names = {view.id: view.name for view in eyes.home().views}
    found = []
    for key, seen in sight.scene.cameras.items():
        closed = sight.closing.closed.get(key)
        found.append(
            CameraLine(
                key=key,
                name=names.get(key, key),
                condition=seen.condition,
                seconds=None if seen.at is None else round(now - seen.at, 1),
                seen={zone: dict(place.counts) for zone, place in seen.places.items()},
                by=closed.by if closed else None,
                until=closed.until if closed else None,
            )
        )
    return tuple(found)
