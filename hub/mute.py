"""Who may lift a mute (interfaces.md): the closer it was set, the closer it is lifted. Pure."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Self

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


def place_of(by: By) -> Place:
    return next(place for place in Place if place.word == by)


def restored(by: By) -> Muted:
    """The mute that was set there, for a house that has just started."""
    return Muted(place_of(by))


@dataclass
class MuteSwitch:
    """`by`: where it was last set or lifted; None since the start. `presses`: of the button on the
    machine, as far as this process knows of them.
    """

    by: By | None = None
    presses: int = 0
    _muted: Muted | None = None

    @classmethod
    def of(cls, by: By | None) -> Self:
        """Muted there; not, where nobody did."""
        return cls(by, _muted=restored(by) if by else None)

    @property
    def muted(self) -> bool:
        return self._muted is not None

    def turn(self, wanted: bool, place: Place) -> bool:  # noqa: FBT001 - on or off is what it is
        """Whether it is so now: a mute set at the machine is lifted only there."""
        self._muted = set_mute(self._muted, place) if wanted else lift(self._muted, place)
        if self.muted or self.muted == wanted:
            self.by = (self._muted.place if self._muted else place).word
        return self.muted == wanted

    def restore(self, muted: bool, by: By, presses: int = 0) -> None:  # noqa: FBT001 - as above
        """As a house that came before left it, or the button that was pressed since."""
        self._muted, self.by, self.presses = restored(by) if muted else None, by, presses

    def press(self) -> None:
        """The button mutes, or lifts any mute."""
        self.presses += 1
        self.turn(not self.muted, Place.MACHINE)

    def take(self, muted: bool, by: By, presses: int) -> bool:  # noqa: FBT001 - as above
        """Whether it is so now. A house that did not know of the last press lifts nothing."""
        return (muted or presses == self.presses) and self.turn(muted, place_of(by))
