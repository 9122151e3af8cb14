"""A home from YAML or JSON: floors, areas, entities, timers and media (docs: "A home").

Only a name is required, and an entity's domain. Things are referred to by name or by id; an area
or a floor that is only referred to is there all the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from intents.documents import Document, DocumentError, explain, read
from intents.home import (
    Area,
    Attribute,
    Entity,
    Floor,
    Home,
    TimerStatus,
    called,
    round_left,
)

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Names = tuple[_Name, ...]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class _Floor(_Strict, frozen=True):
    name: _Name
    id: _Name | None = None
    aliases: _Names = ()


class _Area(_Strict, frozen=True):
    name: _Name
    id: _Name | None = None
    aliases: _Names = ()
    floor: _Name | None = None
    context_area: bool = False


class _Entity(_Strict, frozen=True):
    name: _Name
    domain: _Name
    id: _Name | None = None
    aliases: _Names = ()
    area: _Name | None = None
    floor: _Name | None = None
    state: str | bool | int | float | None = None
    attributes: dict[str, Attribute] = {}


class _Timer(_Strict, frozen=True):
    is_active: bool = False
    name: str = ""
    area: str = ""
    start_hours: int = 0
    start_minutes: int = 0
    start_seconds: int = 0
    total_seconds_left: int = 0
    rounded_hours_left: int | None = None
    rounded_minutes_left: int | None = None
    rounded_seconds_left: int | None = None


class _Media(_Strict, frozen=True):
    title: str


class _Home(_Strict, frozen=True):
    floors: tuple[_Floor, ...] = ()
    areas: tuple[_Area, ...] = ()
    entities: tuple[_Entity, ...] = ()
    timers: tuple[_Timer, ...] = ()
    media: tuple[_Media | str, ...] = ()


class HomeError(DocumentError):
    """An object is not a home."""


class _TwiceError(Exception):
    """Two entities have one id."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(problem)
        self.path = path
        self.problem = problem


def load(path: Path) -> Home:
    """Raises DocumentError, with the line."""
    document: Document = read(path)
    described = document.convert(_Home)
    try:
        return _home(described)
    except _TwiceError as error:
        raise document.at(error.path, error.problem) from error


def home_from(described: object) -> Home:
    """A home from an object as JSON or YAML gives it. Raises HomeError."""
    try:
        return _home(msgspec.convert(described, _Home))
    except msgspec.ValidationError as error:
        path, problem = explain(error, _Home)
        raise HomeError(f"home, {path}: {problem}") from error
    except _TwiceError as error:
        raise HomeError(f"home, {error.path}: {error.problem}") from error


def _home(given: _Home) -> Home:
    floors = _floors(given)
    areas = _areas(given, floors)
    here = (area.name for area in given.areas if area.context_area)
    return Home(
        floors=floors,
        areas=areas,
        entities=_entities(given.entities, areas, floors),
        timers=tuple(map(_timer, given.timers)),
        media=tuple(each if isinstance(each, str) else each.title for each in given.media),
        here=_refer(next(here, None), areas),
    )


def _floors(given: _Home) -> tuple[Floor, ...]:
    listed = [Floor(each.id or slug(each.name), each.name, each.aliases) for each in given.floors]
    named = [each.floor for each in given.areas] + [each.floor for each in given.entities]
    return (*listed, *(Floor(slug(name), name) for name in _others(named, listed)))


def _areas(given: _Home, floors: Sequence[Floor]) -> tuple[Area, ...]:
    listed = [
        Area(each.id or slug(each.name), each.name, each.aliases, _refer(each.floor, floors))
        for each in given.areas
    ]
    named = (each.area for each in given.entities)
    return (*listed, *(Area(slug(name), name) for name in _others(named, listed)))


def _others(names: Iterable[str | None], known: Sequence[Floor | Area]) -> Iterable[str]:
    """Those that nothing known is called, each once."""
    return dict.fromkeys(
        name for name in names if name and not any(called(each, name) for each in known)
    )


def _refer(name: str | None, things: Sequence[Floor | Area]) -> str | None:
    return next((each.id for each in things if name and called(each, name)), None)


def _entities(
    given: Iterable[_Entity], areas: Sequence[Area], floors: Sequence[Floor]
) -> tuple[Entity, ...]:
    made: dict[str, Entity] = {}
    for n, entity in enumerate(given):
        key = entity.id or _free(f"{entity.domain}.{slug(entity.name) or n}", made)
        if key in made:
            raise _TwiceError(f"$.entities[{n}].id", f"'{key}' is there twice")
        made[key] = Entity(
            id=key,
            name=entity.name,
            domain=entity.domain,
            aliases=entity.aliases,
            area=_refer(entity.area, areas),
            floor=_refer(entity.floor, floors),
            state=_state(entity.state),
            attributes=entity.attributes,
        )
    return tuple(made.values())


def _free(wanted: str, taken: Iterable[str]) -> str:
    """The id itself, or with the first number that nobody has, as Home Assistant does."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def _state(value: str | float | None) -> str | None:
    """YAML reads on and off as true and false."""
    match value:
        case None | str():
            return value
        case bool():
            return "on" if value else "off"
        case _:
            return str(value)


def _timer(given: _Timer) -> TimerStatus:
    fields = msgspec.structs.asdict(given)
    spoken = [fields.pop(f"rounded_{unit}_left") for unit in ("hours", "minutes", "seconds")]
    if all(each is None for each in spoken):
        spoken = list(round_left(given.total_seconds_left))
    hours, minutes, seconds = (each or 0 for each in spoken)
    return TimerStatus(
        **fields,
        rounded_hours_left=hours,
        rounded_minutes_left=minutes,
        rounded_seconds_left=seconds,
    )


def slug(name: str) -> str:
    """Lower-case letters, digits and underscores: "Küche 2" -> "kuche_2"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"\W+", "_", letters).strip("_")
