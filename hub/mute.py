"""Who may lift a mute (interfaces.md): the closer it was set, the closer it is lifted. Pure."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class Place(IntEnum):
    """Where a mute is set or lifted; a higher place is closer to the owner."""

    ANYWHERE = 0
    """MQTT, a page without sign-in."""
    PAGE = 1
    """The page, signed in."""
    MACHINE = 2
    """A button or the command line on the machine itself."""

    @property
    def word(self) -> Literal["mqtt", "page", "machine"]:
        """As it is published."""
        match self:
            case Place.ANYWHERE:
                return "mqtt"
            case Place.PAGE:
                return "page"
            case Place.MACHINE:
                return "machine"


_LIFTED_FROM = {Place.MACHINE: Place.MACHINE, Place.PAGE: Place.ANYWHERE}


@dataclass(frozen=True, slots=True)
class Muted:
    """`lift_from`: the lowest place that can lift it."""

    lift_from: Place


def set_mute(now: Muted | None, place: Place) -> Muted:
    """A second mute never loosens the first."""
    lift_from = _LIFTED_FROM.get(place, Place.ANYWHERE)
    return Muted(max(lift_from, now.lift_from) if now else lift_from)


def lift(now: Muted | None, place: Place) -> Muted | None:
    """None when it is lifted, else the mute that stands."""
    return now if now is not None and place < now.lift_from else None
