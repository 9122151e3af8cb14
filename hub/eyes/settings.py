"""What one eye is given at its start: in memory, never as an argument, for it holds a password.

Written by the launcher into an inherited memfd as one JSON object.
"""

from typing import Literal

import msgspec

from hub.settings import EngineChoice
from vision.boxes import Point, Polygon


class ZoneSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As hub.eyes.section.Zone; names are the house's business."""

    key: str
    corners: Polygon
    labels: tuple[str, ...] = ("person",)
    dwell: float = 0.0
    inertia: int = 3
    objects: bool = False


class LineSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    start: Point
    end: Point
    labels: tuple[str, ...] = ("person",)


class LookSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    zone: str
    model: str
    labels: tuple[str, ...] = ()
    every: float = 5.0


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kind` net: `place` is a URL without credentials; device: a V4L2 node or "libcamera"; file:
    a video. `fps`: pictures a second that are looked at.
    """

    kind: Literal["net", "device", "file"]
    place: str
    username: str = ""
    password: str = ""
    fps: float = 5.0

    def __repr__(self) -> str:
        return f"Source({self.kind})"


class EyeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`camera`: its key in the settings."""

    camera: str
    source: Source
    detect: EngineChoice
    labels: tuple[str, ...] = ("person", "cat", "dog", "car")
    never_see: tuple[Polygon, ...] = ()
    zones: tuple[ZoneSettings, ...] = ()
    lines: tuple[LineSettings, ...] = ()
    looks: tuple[LookSettings, ...] = ()
    faces: tuple[str, ...] = ()


class SecretPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a secret is to be read: one of the two."""

    file: str | None = None
    env: str | None = None


class Camera(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the launcher keeps of one camera; its password is read anew for each start."""

    settings: EyeSettings
    password: SecretPlace | None = None
