"""What an eye may say of its camera, from the settings: for its door. Reads what was learnt."""

from collections.abc import Mapping

import msgspec

from hub.config import Config
from hub.door.eyes import EyeDoor, Known
from hub.eyes.section import CameraSection, Look
from vision.events import PICTURE


class _Learnt(msgspec.Struct):
    """Of vision.few.Few only the names of its states: the house looks at no picture."""

    means: dict[str, list[float]]


def doors(config: Config) -> dict[str, EyeDoor]:
    return {key: EyeDoor(f"eye.{key}", known(each)) for key, each in config.cameras.items()}


def known(section: CameraSection) -> Known:
    zones: Mapping[str, frozenset[str]] = {
        PICTURE: frozenset(section.labels),
        **{key: frozenset(zone.labels) for key, zone in section.zones.items()},
    }
    return Known(
        zones=zones,
        lines={key: frozenset(line.labels) for key, line in section.lines.items()},
        states={key: frozenset(_labels(look)) for key, look in section.looks.items()},
        people=frozenset(section.faces),
        objects=frozenset(key for key, zone in section.zones.items() if zone.objects),
    )


def _labels(look: Look) -> tuple[str, ...]:
    """None where the file cannot be read: its eye says why."""
    if look.model.suffix == ".onnx":
        return look.labels
    try:
        return tuple(msgspec.json.decode(look.model.read_bytes(), type=_Learnt).means)
    except (OSError, msgspec.MsgspecError):
        return ()
