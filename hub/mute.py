"""Who may lift a mute (interfaces.md): the closer it was set, the closer it is lifted. Pure."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

By = Literal["mqtt", "page", "machine"]


class Place(IntEnum):
    """Where a mute is set or lifted; a higher place is closer to the owner."""

    MQTT = 0
    PAGE = 1
    """The page, signed in."""
    MACHINE = 2
    """A button or the command line on the machine itself."""

    @property
    def word(self) -> By:
        """As it is published."""
        match self:
            case Place.MQTT:
                return "mqtt"
            case Place.PAGE:
                return "page"
            case Place.MACHINE:
                return "machine"


@dataclass(frozen=True, slots=True)
class Muted:
    """`place`: the closest to the owner at which it was set."""

    place: Place


def set_mute(now: Muted | None, place: Place) -> Muted:
    """A second mute never loosens the first."""
    return Muted(max(place, now.place) if now else place)


def lift(now: Muted | None, place: Place) -> Muted | None:
    """None when it is lifted, else the mute that stands: the machine's, for anybody elsewhere."""
    stands = now is not None and now.place is Place.MACHINE and place is not Place.MACHINE
    return now if stands else None


def restored(by: By) -> Muted:
    """The mute that was set there, for a house that has just started."""
    return Muted(next(place for place in Place if place.word == by))
