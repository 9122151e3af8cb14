"""The home as Home Assistant tells it, in plain values: what the hub is handed."""

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
    floor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    entity_id: str
    name: str
    """As Home Assistant composes it: the friendly name of its state."""
    aliases: tuple[str, ...] = ()
    area_id: str | None = None
    """Its own area, else its device's."""
    state: str = "unknown"
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        return self.entity_id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the house stands, in degrees north and east."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Only what its owner exposes to voice, neither hidden nor disabled."""

    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    entities: tuple[Entity, ...] = ()
    place: Place | None = None
