"""What vision tells: things that were found, things that are followed, and what happened to them.

Nothing here holds pixels. Labels are those of the engine that found them; zones, lines and names
are the owner's own words from the settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vision.boxes import Box

PICTURE = "picture"
"""The zone that every camera has: all that it sees."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector found in one picture. `score` 0..1; `box` in shares of that picture."""

    label: str
    score: float
    box: Box


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing that is followed from picture to picture and was confirmed.

    `since` and `seen`: when it was first and last detected (seconds, `Image.at`). `still`: it has
    not moved for a while. `name`: of a person who enrolled and wants to be known.
    """

    id: int
    label: str
    score: float
    box: Box
    since: float
    seen: float
    still: bool = False
    zones: frozenset[str] = frozenset()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Crossed:
    """A thing went over a line. `way`: "in" is from the left of the line to its right, seen from
    its first point to its second.
    """

    line: str
    label: str
    way: Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that no detector need know was put into a zone and stayed, or was taken away."""

    zone: str
    what: Literal["left", "taken"]


Event = Crossed | Moved


@dataclass(frozen=True, slots=True)
class View:
    """What one eye sees at a moment, as it would tell it. `moving`: anything moves at all.

    `counts`: zone -> label -> how many, confirmed and dwelling; PICTURE is always there. `left`:
    zone -> how many things were left there. `states`: what classifiers say ("garage_door":
    "open"). `events`: what happened in this very picture.
    """

    at: float
    sightings: tuple[Sighting, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    moving: bool = False
    left: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
