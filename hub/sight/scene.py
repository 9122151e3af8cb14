"""What all eyes see, as the house remembers it: the last that each said, and when. Pure.

`now` and `at` are seconds of one monotonic clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from vision.events import PICTURE

STALE_AFTER = 20.0
"""Seconds without a word from an eye after which what it said is not spoken of as now."""

Condition = Literal["watching", "starting", "blind", "off"]
"""blind: its stream or device does not deliver; off: closed because somebody wanted it."""


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """One zone, or PICTURE. `names`: people who enrolled; `left`: things left there."""

    counts: Mapping[str, int]
    names: tuple[str, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class CameraSeen:
    """`at`: when the eye last said so; None: never. `since`: when `condition` began. `last`: when
    anybody (label "person") was last seen in each zone.
    """

    condition: Condition = "starting"
    since: float = 0.0
    at: float | None = None
    places: Mapping[str, PlaceSeen] = field(default_factory=dict)
    moving: bool = False
    states: Mapping[str, str] = field(default_factory=dict)
    pace: int = 0
    """How much of its work the eye leaves undone (hub.eyes.messages.Pace)."""
    last: Mapping[str, float] = field(default_factory=dict)
    person: str = ""
    """Who was recognised last."""
    off_until: float | None = None
    """Where it is off: until when, seconds since 1970; None: until it is wanted again."""

    def fresh(self, now: float) -> bool:
        return self.condition == "watching" and self.at is not None and now - self.at <= STALE_AFTER


@dataclass
class Scene:
    """Cameras by their keys; written by hub.sight.eyes, read by answers and the publisher."""

    cameras: dict[str, CameraSeen] = field(default_factory=dict)

    def place(self, view: str) -> tuple[CameraSeen, PlaceSeen | None] | None:
        """By the id of an intents.home.View; None for a camera that is not there."""
        camera, _, zone = view.partition(".")
        seen = self.cameras.get(camera)
        return (seen, seen.places.get(zone or PICTURE)) if seen is not None else None

    def known(self, now: float) -> Iterator[str]:
        """Keys of cameras whose word is fresh."""
        return (key for key, seen in self.cameras.items() if seen.fresh(now))
