"""What is kept for later and what rings, as plain values: the whole state of timekeeping. Pure.

Moments are seconds since 1970 (UTC); times and days are those of the wall clock. Text that came
from somebody's mouth has no repr.
"""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

import msgspec

Kind = Literal["timer", "alarm", "reminder", "command"]
SunEvent = Literal["sunset", "sunrise"]
Days = frozenset[int]
"""0 is Monday."""
MOST = 100
"""Things that are kept for later at once."""


class At(msgspec.Struct, frozen=True, tag="at"):
    """A moment. `span`: seconds that it was away when it was set: it never is further away than
    that, however the clock is set.
    """

    moment: float
    span: float


class Paused(msgspec.Struct, frozen=True, tag="paused"):
    """A timer that stands still with `left` seconds to go."""

    left: float


class Once(msgspec.Struct, frozen=True, tag="once"):
    day: date
    time: time


class Every(msgspec.Struct, frozen=True, tag="every"):
    days: Days
    time: time


class EverySun(msgspec.Struct, frozen=True, tag="sun"):
    """Degrees north and east."""

    event: SunEvent
    days: Days
    latitude: float
    longitude: float


class After(msgspec.Struct, frozen=True, tag="after"):
    """When the timer of this id rings."""

    timer: int


Repeated = Every | EverySun
Rule = At | Paused | Once | Every | EverySun | After


class Entry(msgspec.Struct, frozen=True, kw_only=True, tag="entry"):
    """Something kept for later. `text`: a timer's or alarm's name, a reminder's message, a command;
    `area`: name of the room; `length`: seconds a timer was set to.

    A repeated one is due after `since`, but not on days up to `done` nor on `skipped`.
    """

    id: int
    kind: Kind
    rule: Rule
    since: float
    text: str = ""
    area: str | None = None
    length: float = 0.0
    done: date | None = None
    skipped: date | None = None

    def __repr__(self) -> str:
        return f"Entry({self.id}, {self.kind}, {self.rule})"


class Ring(msgspec.Struct, frozen=True, kw_only=True, tag="ring"):
    """What was due at `due` and is not over. `sounds`: when it sounds (again); `began`: when it
    sounded first, None before that; `told`: that this is certain; `repeats`: there is a next time.
    """

    id: int
    kind: Kind
    due: float
    sounds: float
    text: str = ""
    area: str | None = None
    began: float | None = None
    told: bool = False
    repeats: bool = False

    def __repr__(self) -> str:
        return f"Ring({self.id}, {self.kind})"


Item = Entry | Ring


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything by its id, oldest first; `last` is the highest id that was ever given."""

    items: tuple[Item, ...] = ()
    last: int = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(item for item in self.items if isinstance(item, Entry))

    @property
    def rings(self) -> tuple[Ring, ...]:
        return tuple(item for item in self.items if isinstance(item, Ring))

    @property
    def ringing(self) -> tuple[Ring, ...]:
        """Those that sound now: neither snoozed nor still to begin; commands make no sound."""
        return tuple(r for r in self.rings if r.began is not None and r.kind != "command")

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def put(self, item: Item) -> "Agenda":
        """With this item, in the place of the one with its id if there is one."""
        if any(each.id == item.id for each in self.items):
            items = tuple(item if each.id == item.id else each for each in self.items)
            return replace(self, items=items)
        return Agenda((*self.items, item), max(self.last, item.id))

    def drop(self, *gone: Item) -> "Agenda":
        ids = {item.id for item in gone}
        return replace(self, items=tuple(item for item in self.items if item.id not in ids))
