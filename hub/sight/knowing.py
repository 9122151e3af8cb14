"""What an eye may say of its camera, from the settings: for its door. Reads what was learnt."""

from collections.abc import Mapping

from hub.config import Config
from hub.door.eyes import EyeDoor, Known
from hub.eyes.section import CameraSection, Look
from vision.engines import EngineError
from vision.events import PICTURE
from vision.few import load


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
        objects=frozenset(key for key, zone in section.zones.items() if zone.objects),
    )


def _labels(look: Look) -> tuple[str, ...]:
    """None where the file cannot be read: its eye says why."""
    if look.model.suffix == ".onnx":
        return look.labels
    try:
        return load(look.model.read_bytes()).labels
    except (OSError, EngineError):
        return ()
