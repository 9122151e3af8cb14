"""Names that people gave to things here, by saying yes to "did you mean ...?".

They add to the home's own names and never stand against them: a name of something else is refused,
and so is every name for a lock, a door or an alarm, or one that would make a thing look harmless.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from hub.care.risks import FLOORS, Risk, risk
from hub.care.verbs import Verb
from hub.keep.files import replace as write
from intents.home import Area, Entity, Floor, Home, same

MOST = 200
"""Names that are kept."""
_LONGEST = 80
"""Characters of one."""
_GUARDED = FLOORS.keys() | {Risk.ROUTINE}
_T = TypeVar("_T", Area, Entity)
Things = Mapping[str, Area | Entity]
Names = Mapping[str, set[str]]


class AliasRefused(Exception):
    """The message says why, in plain words."""


class Alias(msgspec.Struct, frozen=True):
    """`target`: id of an entity or of an area."""

    phrase: str
    target: str

    def __repr__(self) -> str:
        return f"Alias({self.target})"


_DECODER = msgspec.json.Decoder(tuple[Alias, ...])


class Aliases:
    """Kept in `file`, for its owner alone. `problem`: what is wrong with it, else empty."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.problem = ""
        self.all: tuple[Alias, ...] = ()
        """The eldest first; replaced as a whole when one comes or goes."""
        try:
            self.all = _DECODER.decode(file.read_bytes())
        except FileNotFoundError:
            return
        except msgspec.MsgspecError:
            aside = file.with_suffix(".damaged")
            file.rename(aside)
            self.problem = f"The learned names cannot be read; the file is now {aside.name}."

    def teach(self, phrase: str, target: str, home: Home) -> None:
        """Takes the place of what the phrase meant before. Raises AliasRefused, OSError."""
        others = tuple(each for each in self.all if not same(each.phrase, phrase))
        if (why := objection(home, Alias(phrase, target))) is not None:
            raise AliasRefused(why)
        if len(others) >= MOST:
            raise AliasRefused(f"{MOST} names are learned already: remove one first.")
        self._keep((*others, Alias(phrase.strip(), target)))

    def remove(self, phrase: str) -> bool:
        """Whether there was one. Raises OSError."""
        others = tuple(each for each in self.all if not same(each.phrase, phrase))
        there = len(others) < len(self.all)
        if there:
            self._keep(others)
        return there

    def _keep(self, aliases: tuple[Alias, ...]) -> None:
        write(self._file, msgspec.json.encode(aliases))
        self.all = aliases


def with_aliases(home: Home, learned: Sequence[Alias]) -> Home:
    """The home with what was learned of it. What fits it no more is left out, not forgotten."""
    if not learned:
        return home
    new: dict[str, list[str]] = defaultdict(list)
    for alias in active(home, learned):
        new[alias.target].append(alias.phrase)
    if not new:
        return home
    areas = tuple(_also(area, new) for area in home.areas)
    return replace(home, areas=areas, entities=tuple(_also(e, new) for e in home.entities))


def active(home: Home, learned: Sequence[Alias]) -> tuple[Alias, ...]:
    """Those whose thing is there, and against which nothing speaks."""
    names, things = _names(home), _things(home)
    return tuple(alias for alias in learned if _objection(alias, names, things) is None)


def objection(home: Home, alias: Alias) -> str | None:
    """Why this name cannot be, in plain words; None where it can."""
    return _objection(alias, _names(home), _things(home))


def _objection(alias: Alias, names: Names, things: Things) -> str | None:
    phrase = alias.phrase.strip()
    thing = things.get(alias.target)
    if not 0 < len(phrase) <= _LONGEST:
        return f"A name has between 1 and {_LONGEST} characters."
    if thing is None:
        return "What it stands for is not there."
    if names.get(phrase.casefold(), {thing.id}) != {thing.id}:
        return "Something else has this name."
    if isinstance(thing, Entity) and _is_guarded(thing, phrase):
        return "A lock, a door or an alarm gets no other name, nor what would look harmless by it."
    return None


def _things(home: Home) -> Things:
    areas: Things = {area.id: area for area in home.areas}
    return {**areas, **{entity.id: entity for entity in home.entities}}


def _names(home: Home) -> Names:
    """Whose they are, floors' too."""
    names: dict[str, set[str]] = defaultdict(set)
    things: list[Floor | Area | Entity] = [*home.floors, *home.areas, *home.entities]
    for thing in things:
        owner = f"floor {thing.id}" if isinstance(thing, Floor) else thing.id
        for name in (thing.name, *thing.aliases):
            names[name.strip().casefold()].add(owner)
    return names


def _is_guarded(thing: Entity, phrase: str) -> bool:
    """Care goes by names too: a name may not change how much of it a thing gets."""
    renamed = replace(thing, aliases=(*thing.aliases, phrase))
    risks = [(risk(verb, thing), risk(verb, renamed)) for verb in Verb]
    return any(now in _GUARDED or now is not then for now, then in risks)


def _also(thing: _T, new: Mapping[str, list[str]]) -> _T:
    return replace(thing, aliases=(*thing.aliases, *new[thing.id])) if thing.id in new else thing
