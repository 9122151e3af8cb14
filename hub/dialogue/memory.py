"""The last two minutes, by room and speaker: wishes, things and deeds. Pure."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from hub.asker import Asker
from hub.deeds import Deed
from intents.home import Entity
from intents.wishes import Wish

SPAN = 120.0
"""Seconds for which "it" and "undo" mean what was last."""
_MOST = 20
"""Turns remembered in one place."""
_Place = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One wish that was granted: `things` it was about, and the `deeds` that came of it."""

    wish: Wish
    things: tuple[Entity, ...] = ()
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """One turn. `at`: seconds of a clock that never goes back."""

    at: float
    spoken: tuple[Spoken, ...]
    reply: str = field(repr=False)

    @property
    def done(self) -> tuple[Deed, ...]:
        """What really was done, in its order."""
        return tuple(d for each in self.spoken for d in each.deeds if d.obstacle is None)


@dataclass
class LastMinutes:
    _turns: dict[_Place, deque[Past]] = field(default_factory=dict)

    def remember(self, spoken: Sequence[Spoken], reply: str, asker: Asker, at: float) -> None:
        """A new turn."""
        turns = self._turns.setdefault(_place(asker), deque(maxlen=_MOST))
        turns.append(Past(at, tuple(spoken), reply))

    def amend(self, spoken: Sequence[Spoken], reply: str, asker: Asker) -> None:
        """The turn that was remembered last goes on: "turn on the lamp and set it to red"."""
        turns = self._turns[_place(asker)]
        last = turns.pop()
        turns.append(Past(last.at, (*last.spoken, *spoken), reply))

    def turns(self, asker: Asker, at: float) -> tuple[Past, ...]:
        """The last first."""
        turns = self._turns.get(_place(asker), ())
        return tuple(past for past in reversed(turns) if at - past.at <= SPAN)

    def last(self, asker: Asker, at: float) -> Past | None:
        return next(iter(self.turns(asker, at)), None)

    def wishes(self, asker: Asker, at: float) -> tuple[Spoken, ...]:
        """All that was wished, the last first."""
        return tuple(s for past in self.turns(asker, at) for s in reversed(past.spoken))

    def things(self, asker: Asker, at: float) -> tuple[Entity, ...]:
        """All that the last turn about any thing was about: "them"."""
        for past in self.turns(asker, at):
            if found := {e.id: e for each in past.spoken for e in each.things}:
                return tuple(found.values())
        return ()

    def take_done(self, asker: Asker, at: float) -> tuple[Deed, ...]:
        """The deeds of the last turn that did something; forgotten, so that another undo takes the
        turn before it.
        """
        turns = self._turns.get(_place(asker), deque[Past]())
        for past in self.turns(asker, at):
            if past.done:
                turns.remove(past)
                return past.done
        return ()


def _place(asker: Asker) -> _Place:
    return asker.area.strip().casefold() if asker.area else None, asker.speaker
