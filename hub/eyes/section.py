"""The settings of one camera. Validation probes nothing: no camera is asked, no model opened."""

from itertools import combinations
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from hub.section import Name, Secret, Section

Key = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
"""Of a camera, zone or line: names it in topics and entities."""
Share = Annotated[float, Field(ge=0, le=1)]
Point = tuple[Share, Share]
"""From the left and from the top of the picture, as shares of it."""


def _corners(points: tuple[Point, ...]) -> tuple[Point, ...]:
    if len(set(points)) < 3:  # noqa: PLR2004 - a triangle
        raise PydanticCustomError("polygon", "a polygon needs three different corners")
    if _crosses_itself(points):
        raise PydanticCustomError("polygon", "the edges of a polygon must not cross each other")
    return points


def _crosses_itself(points: tuple[Point, ...]) -> bool:
    edges = list(zip(points, (*points[1:], points[0]), strict=True))
    return any(_cross(*one, *other) for one, other in combinations(edges, 2))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the lines from a to b and from c to d go through each other."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


Polygon = Annotated[tuple[Point, ...], Field(max_length=64), AfterValidator(_corners)]
Label = Annotated[str, Field(pattern=r"^[a-z][a-z ]{0,31}$")]
_SCHEMES = ("rtsp://", "rtsps://", "http://", "https://")


def _has_host(url: str) -> bool:
    """Whether it says where to connect: a port that is none would be found out too late."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


class Zone(Section):
    name: Name | None = None
    """As one speaks of it ("front door"); without it the key, its underscores as spaces."""
    aliases: tuple[Name, ...] = ()
    """Other names for it."""
    area: Name | None = None
    """Its room, where that is another one than the camera's."""
    corners: Polygon
    """Three or more, each as shares of the picture from the left and from the top."""
    labels: tuple[Label, ...] = ("person",)
    """What counts in it."""
    dwell: Annotated[float, Field(ge=0, le=3600)] = 0.0
    """Seconds for which something must stay in it before it counts."""
    inertia: Annotated[int, Field(ge=1, le=30)] = 3
    """Pictures in which something must be in it, or out of it, before that is believed."""
    objects: bool = False
    """Whether things left in it or taken from it (a parcel) are told."""


class Line(Section):
    """What goes from its left to its right, seen from `start` to `end`, goes in."""

    start: Point
    """Shares of the picture from the left and from the top."""
    end: Point
    """Likewise."""
    labels: tuple[Label, ...] = ("person",)
    """What counts when it crosses."""


class Look(Section):
    """A second look at one zone, for its state: is the garage door open or closed."""

    zone: Key
    """Where it looks: a zone of this camera, or picture."""
    model: Path
    """An ONNX image classifier, or what `inglenook states learn` wrote from a few examples."""
    labels: tuple[Label, ...] = ()
    """Of an ONNX file, in its order."""
    every: Annotated[float, Field(ge=1, le=3600)] = 5.0
    """Seconds between two looks."""


class Disclosure(Section):
    """What is published of this camera: the least that is useful."""

    occupancy: Literal["off", "yes_no"] = "yes_no"
    """Whether somebody, or something, is in a zone."""
    counts: Literal["off", "bucketed", "exact"] = "off"
    """bucketed: none, one, a few (2 to 4), many."""
    activity: bool = True
    """Whether anything moves."""
    names: bool = False
    """The last person who was recognised; only with `faces`."""
    events: bool = True
    """Lines crossed, things left and taken."""


class CameraSection(Section):
    """One of `url`, `device` and `file` says where its pictures come from."""

    name: Name | None = None
    """As one speaks of it; without it the key, its underscores as spaces."""
    area: Name | None = None
    """The room, or part of the garden, that it shows."""
    url: str | None = None
    """rtsp://..., or http://... of an MJPEG stream or of a single picture. Its sub-stream is
    enough: 640 to 1280 pixels wide."""
    username: str | None = None
    """Of an account at the camera; best one of its own that may only watch."""
    password: Secret | None = None
    """Of that account, named and never written here."""
    device: str | None = None
    """/dev/video0, or libcamera for the camera of a Raspberry Pi."""
    file: Path | None = None
    """A video that is played over and over, as a camera would show it."""
    fps: Annotated[float, Field(ge=0.2, le=30)] = 5.0
    """Pictures a second that are looked at."""
    never_see: tuple[Polygon, ...] = ()
    """Made black before anything else looks at a picture."""
    zones: dict[Key, Zone] = Field(default={})
    """Parts of the picture in which it is told who is there, each by a key of its own."""
    lines: dict[Key, Line] = Field(default={})
    """Lines across the picture: who goes in, who out."""
    labels: tuple[Label, ...] = ("person", "cat", "dog", "car")
    """What counts in the picture as a whole."""
    looks: dict[Key, Look] = Field(default={})
    """Second looks, each by a key of its own."""
    faces: tuple[Name, ...] = ()
    """Who may be known here by their face, of those who enrolled (`inglenook faces enrol`)."""
    publish: Disclosure = Disclosure()
    """What others are told of it, over MQTT."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [each for each in (self.url, self.device, self.file) if each is not None]
        if len(given) != 1:
            raise PydanticCustomError("source", "needs one of url, device and file")
        if self.url is not None and not self.url.startswith(_SCHEMES):
            raise PydanticCustomError("url", "allowed: rtsp://, rtsps://, http:// and https://")
        if self.url is not None and not _has_host(self.url):
            raise PydanticCustomError("url", "needs a host, and a port from 1 to 65535 if any")
        if self.url is not None and "@" in self.url.split("//", 1)[1].split("/", 1)[0]:
            raise PydanticCustomError(
                "url", "a password is never written here: use username and password"
            )
        if "picture" in self.zones:
            raise PydanticCustomError(
                "zone", "a zone cannot be called picture: every camera has it"
            )
        return self

    @model_validator(mode="after")
    def _known_zones(self) -> Self:
        for key, look in self.looks.items():
            if look.zone not in self.zones and look.zone != "picture":
                raise PydanticCustomError(
                    "look", "looks.{key}: there is no zone {zone}", {"key": key, "zone": look.zone}
                )
        return self
