"""A home as the conversation knows it: floors, areas and entities, with their names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Attribute = str | int | float | bool | None | tuple[str, ...] | tuple[int, ...]


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
    state: str | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def device_class(self) -> str | None:
        value = self.attributes.get("device_class")
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Home:
    """Everything is exposed: what may not be spoken of is left out before a Home is made."""

    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    entities: tuple[Entity, ...] = ()
