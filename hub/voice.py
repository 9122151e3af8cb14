"""The house's line to the mouth: what is to be said where, in order, and whether it is being said.

A satellite is told more by cues: it sounds and shows by its own means that it listens.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

from hub.fields import MICROPHONE, SATELLITE, Earcon
from hub.messages import Hush, Say
from hub.satellites.messages import Cue

_LONGEST = 1_000
"""Characters spoken at once; a longer reply is cut."""


@dataclass(slots=True)
class _Place:
    """Numbers of what was last to be said there, and of what last has been."""

    last: int = 0
    spoken: int = 0


@dataclass
class Voice:
    """`send` writes to the mouth's pipe, `cue` to that of a satellite, by its key."""

    send: Callable[[Say | Hush], None]
    cue: Callable[[str, Cue], None] = lambda _key, _cue: None
    _ids: "count[int]" = field(default_factory=lambda: count(1))
    _places: dict[str, _Place] = field(default_factory=dict)
    _absent: set[str] = field(default_factory=set)
    _open: set[str] = field(default_factory=set)
    """Satellites that were told of a wake word, and not yet that its turn is over."""
    _able: bool = True

    def say(self, text: str, earcon: Earcon | None = None, to: str = MICROPHONE) -> None:
        """`to`: the ear beside whose loudspeaker it is; where none is there nobody hears it."""
        if not self._able or to in self._absent:
            return
        place = self._place(to)
        place.last = next(self._ids)
        self.send(Say(id=place.last, to=to, text=text[:_LONGEST], earcon=earcon))

    def woken(self, to: str) -> None:
        """Whoever said the wake word hears or sees that it was heard."""
        if to == MICROPHONE:
            self.say("", "wake")
        else:
            self._open.add(to)
            self.cue(_key(to), Cue(cue="woken"))

    def over(self, to: str, *, asked: bool = False) -> None:
        """A turn that began with a wake word is, whatever came of it, unless an answer is `asked`.
        One that hears wake words by itself sends sound until it is told.
        """
        if to in self._open and not asked:
            self._open.discard(to)
            self.cue(_key(to), Cue(cue="over"))

    def all_over(self) -> None:
        """Nobody is heard any more."""
        for to in tuple(self._open):
            self.over(to)

    def hush(self, to: str = MICROPHONE) -> None:
        """What is being said there stops, and what is still to be said is left out."""
        if self.is_silent_at(to):
            return
        if to == MICROPHONE:
            self.send(Hush())
        else:
            self.cue(_key(to), Cue(cue="hush", id=self._place(to).last))

    def able(self, able: bool) -> None:  # noqa: FBT001 - it can speak or it cannot
        """A mouth is there, or gone. What one was told that is gone is not waited for."""
        self._able = able
        for place in self._places.values():
            place.spoken = place.last

    def left(self, to: str) -> None:
        """That loudspeaker is gone, and with it what was to be said there."""
        self._absent.add(to)
        self._open.discard(to)
        self._place(to).spoken = self._place(to).last

    def came(self, to: str) -> None:
        """It is there."""
        self._absent.discard(to)

    def is_at(self, to: str) -> bool:
        """Whether what is said there can be heard."""
        return self._able and to not in self._absent

    def or_here(self, to: str) -> str:
        """The hub's own where that satellite is not there."""
        return MICROPHONE if to in self._absent else to

    def somewhere(self, to: str, ears: Iterable[str]) -> tuple[str, ...]:
        """Where what must be heard is heard: there, else at the hub, else at all that are there."""
        here = self.or_here(to)
        return (here,) if self.is_at(here) else tuple(filter(self.is_at, ears))

    def spoken(self, number: int, to: str = MICROPHONE) -> None:
        self._place(to).spoken = number

    def last_said(self, to: str) -> int:
        """The number of what was last to be said there."""
        return self._place(to).last

    def is_silent_at(self, to: str) -> bool:
        """All that was to be said there has been said."""
        place = self._place(to)
        return place.spoken >= place.last

    @property
    def is_silent(self) -> bool:
        """Everywhere."""
        return all(map(self.is_silent_at, self._places))

    def _place(self, to: str) -> _Place:
        return self._places.setdefault(to, _Place())


def place_of(speaker: str) -> str:
    """The ear beside which the mouth or an outlet speaks."""
    _, is_outlet, key = speaker.partition("outlet.")
    return f"{SATELLITE}{key}" if is_outlet else MICROPHONE


def _key(ear: str) -> str:
    return ear.removeprefix(SATELLITE)
