"""What crosses between an eye and the house, and of cameras between house and launcher.

The same rules as in hub.messages, which this belongs to: a closed vocabulary, one JSON object a
line, 4,096 bytes at most towards the house. An eye's `source` is "eye." and its camera's key.
"""

from typing import Annotated, Literal

import msgspec

from hub.fields import Name
from hub.messages import Closed, Message, State

MOST_COUNTED = 50
MOST_PLACES = 32
"""Zones, lines and looks of one camera, each."""
MOST_LABELS = 16
Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_COUNTED)]
Pace = Annotated[int, msgspec.Meta(ge=0, le=3)]
"""How much of its work an eye does: 0 all, 1 half the pictures, 2 a picture every two seconds,
3 none while somebody speaks."""


States = Annotated[dict[Name, Name], msgspec.Meta(max_length=MOST_PLACES)]


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One zone. `names`: of those who enrolled; `left`: things left there."""

    zone: Name
    counts: Annotated[dict[Name, Count], msgspec.Meta(max_length=MOST_LABELS)] = {}
    names: Annotated[tuple[Name, ...], msgspec.Meta(max_length=8)] = ()
    left: Count = 0


class Seen(Message, frozen=True, kw_only=True, tag="seen"):
    """All that an eye sees now; said when it changes, and every few seconds so that the house knows
    how fresh it is. `states`: what second looks say ("garage_door": "open").
    """

    source: Name
    places: Annotated[tuple[Place, ...], msgspec.Meta(max_length=MOST_PLACES)]
    moving: bool = False
    states: States = msgspec.field(default_factory=dict[Name, Name])
    pace: Pace = 0


class Crossing(Message, frozen=True, kw_only=True, tag="crossing"):
    source: Name
    line: Name
    label: Name
    way: Literal["in", "out"]


class Thing(Message, frozen=True, kw_only=True, tag="thing"):
    """Something was left in a zone, or taken from it."""

    source: Name
    zone: Name
    what: Literal["left", "taken"]


class EyeHealth(Message, frozen=True, kw_only=True, tag="eye_health"):
    """Since the eye started. `frames` decoded, `dropped` unseen because a newer one was there,
    `detections` run; `restarts` of the stream; milliseconds of the last detections, median.
    """

    source: Name
    frames: int = 0
    dropped: int = 0
    detections: int = 0
    restarts: int = 0
    detect_ms: float = 0.0
    refused: int = 0


class Outline(Message, frozen=True, kw_only=True, tag="outline"):
    """Edges only, for the owner to draw zones over: rows of cells, a bit each,
    packed and in base64. Asked for by Sketch; never published.
    """

    source: Name
    width: Annotated[int, msgspec.Meta(ge=1, le=160)]
    height: Annotated[int, msgspec.Meta(ge=1, le=120)]
    bits: Annotated[str, msgspec.Meta(max_length=3_600)]

    def __repr__(self) -> str:
        return f"Outline({self.width}x{self.height})"


class Slow(Message, frozen=True, kw_only=True, tag="slow"):
    """To an eye: from now on, this pace. To 0, with which a new house also greets, it answers with
    how it is closed and what it sees.
    """

    source: Name = "house"
    pace: Pace


class Sketch(Message, frozen=True, kw_only=True, tag="sketch"):
    """To an eye: tell an Outline of what you see."""

    source: Name = "house"


class Passed(Message, frozen=True, kw_only=True, tag="passed"):
    """From a relay, since it started, by the kernel's own count; `cut`: connections over budget."""

    source: Name
    connections: int = 0
    cut: int = 0
    bytes_up: int = 0
    bytes_down: int = 0


FromEye = State | Closed | Seen | Crossing | Thing | EyeHealth | Outline | Passed
ToEye = Slow | Sketch
