"""A home as the conversation knows it: floors, areas and entities, with their names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Attribute = str | int | float | bool | None | tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    floor: str | None = None
    """Id of its floor."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that can be named; `id` is Home Assistant's entity_id or domain.name."""

    id: str
    name: str
    domain: str
    aliases: tuple[str, ...] = ()
    area: str | None = None
    """Id of its area."""
    floor: str | None = None
    """Id of its floor, where it stands in no area; otherwise the area says it."""
    state: str | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def device_class(self) -> str | None:
        value = self.attributes.get("device_class")
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class View:
    """A camera, or a zone that one watches, as it is spoken of. It can be asked about and is no
    thing that one turns on: so it is no Entity.

    `id`: "porch" of a camera, "porch.front_door" of one of its zones. `labels`: what is looked for
    there. `objects`: it knows what was left there. `states`: names of what it tells by a second
    look ("garage door").
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    area: str | None = None
    """Id of its area."""
    labels: tuple[str, ...] = ("person",)
    objects: bool = False
    states: tuple[str, ...] = ()

    @property
    def camera(self) -> str:
        return self.id.split(".", 1)[0]

    @property
    def is_camera(self) -> bool:
        return "." not in self.id


@dataclass(frozen=True, slots=True)
class TimerStatus:
    """A timer as answers speak of it: what it was set to, and what is left, as one says it.

    `area` is a name. The names of the fields are those that home-assistant-intents' answers use.
    """

    is_active: bool = False
    name: str = ""
    area: str = ""
    start_hours: int = 0
    start_minutes: int = 0
    start_seconds: int = 0
    total_seconds_left: int = 0
    rounded_hours_left: int = 0
    rounded_minutes_left: int = 0
    rounded_seconds_left: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """Everything is exposed: what may not be spoken of is left out before a Home is made."""

    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    entities: tuple[Entity, ...] = ()
    timers: tuple[TimerStatus, ...] = ()
    media: tuple[str, ...] = ()
    """Titles that can be played."""
    views: tuple[View, ...] = ()
    here: str | None = None
    """Id of the area in which one speaks, when a turn says nothing else."""


def same(one: str, other: str) -> bool:
    """Whether two names are spelled alike, as Home Assistant compares them."""
    return one.strip().casefold() == other.strip().casefold()


def called(thing: Floor | Area | Entity | View, name: str) -> bool:
    """Whether this is its id, its name or an alias."""
    return thing.id == name or any(same(each, name) for each in (thing.name, *thing.aliases))


def areas_called(home: Home, name: str) -> tuple[Area, ...]:
    return tuple(area for area in home.areas if called(area, name))


def floors_called(home: Home, name: str) -> tuple[Floor, ...]:
    return tuple(floor for floor in home.floors if called(floor, name))


def where(home: Home, area: str | None) -> Area | None:
    """The area in which one speaks: `area` (a name or id) if this home has it, else its own."""
    named = areas_called(home, area or home.here or "")
    return named[0] if named else None


def round_left(seconds: int) -> tuple[int, int, int]:
    """Hours, minutes and seconds left as one says them: Home Assistant's rounding."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return (hours + (minutes > 45), 30 * (15 <= minutes <= 45), 0)  # noqa: PLR2004 a quarter
    if minutes:
        return (0, minutes + (rest > 45), 30 * (15 <= rest <= 45))  # noqa: PLR2004 of an hour
    if rest > 50:  # noqa: PLR2004 nearly a minute
        return (0, 1, 0)
    return (0, 0, rest if rest < 10 else rest - rest % 10)  # noqa: PLR2004 tens of seconds
