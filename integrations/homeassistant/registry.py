"""Floors, areas, devices, entities as Home Assistant lists them; who may be spoken of. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from integrations.homeassistant.snapshot import Area, Floor, Place


class FloorEntry(msgspec.Struct, frozen=True):
    floor_id: str
    name: str
    aliases: list[str | None] = []


class AreaEntry(msgspec.Struct, frozen=True):
    area_id: str
    name: str
    aliases: list[str | None] = []
    floor_id: str | None = None


class DeviceEntry(msgspec.Struct, frozen=True):
    id: str
    area_id: str | None = None
    parent_device_id: str | None = None
    """Of a part of a device; such a part stands where its parent stands (since 2026.11)."""


class Answer(msgspec.Struct, frozen=True):
    should_expose: bool | None = None


class Options(msgspec.Struct, frozen=True):
    conversation: Answer = Answer()


class EntityEntry(msgspec.Struct, frozen=True):
    entity_id: str
    area_id: str | None = None
    device_id: str | None = None
    disabled_by: str | None = None
    hidden_by: str | None = None
    entity_category: str | None = None
    options: Options = Options()


class Named(msgspec.Struct, frozen=True):
    """An entity's aliases; since 2026 a null among them stands for its composed name."""

    aliases: list[str | None] = []


class Assistants(msgspec.Struct, frozen=True):
    conversation: bool = False


class ExposedList(msgspec.Struct, frozen=True):
    exposed_entities: dict[str, Assistants] = {}


class ExposeNew(msgspec.Struct, frozen=True):
    expose_new: bool


class CoreConfig(msgspec.Struct, frozen=True):
    state: str = ""
    components: list[str] = []
    latitude: float = 0.0
    longitude: float = 0.0

    @property
    def place(self) -> Place | None:
        """None where nobody has told it: it then has zeros, a place in the sea."""
        known = self.latitude or self.longitude
        return Place(self.latitude, self.longitude) if known else None


# The next three sets and the rule in `by_default`: homeassistant/components/homeassistant/
# exposed_entities.py, the same in 2025.4.4 and 2026.11.0.
EXPOSED_DOMAINS = frozenset(
    {
        *("climate", "cover", "fan", "humidifier", "light", "media_player", "scene", "switch"),
        *("todo", "vacuum", "water_heater"),
    }
)
EXPOSED_BINARY_SENSORS = frozenset(
    {"door", "garage_door", "lock", "motion", "opening", "presence", "window"}
)
EXPOSED_SENSORS = frozenset(
    {
        *("aqi", "carbon_monoxide", "carbon_dioxide", "humidity", "pm10", "pm25", "temperature"),
        "volatile_organic_compounds",
    }
)


@dataclass(frozen=True, slots=True)
class Exposure:
    """What Home Assistant says about entities in general; an entry's own option goes first."""

    listed: frozenset[str] = frozenset()
    """Entities it names as exposed to its conversation."""
    expose_new: bool = True
    complete: bool = False
    """Its conversation runs, so every entity has an answer: one not listed is not exposed."""


@dataclass(frozen=True, slots=True)
class Registries:
    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    device_areas: Mapping[str, str | None] = field(default_factory=dict)
    entries: Mapping[str, EntityEntry] = field(default_factory=dict)
    exposure: Exposure = Exposure()
    place: Place | None = None

    def exposed(self, entity_id: str, device_class: str | None) -> bool:
        entry = self.entries.get(entity_id)
        if entry is None:
            if entity_id in self.exposure.listed or self.exposure.complete:
                return entity_id in self.exposure.listed
            return self.exposure.expose_new and by_default(entity_id, device_class)
        if entry.hidden_by or entry.disabled_by:
            return False
        answer = entry.options.conversation.should_expose
        if answer is not None:
            return answer
        may = self.exposure.expose_new and entry.entity_category is None
        return may and by_default(entity_id, device_class)

    def area_of(self, entity_id: str) -> str | None:
        entry = self.entries.get(entity_id)
        if entry is None:
            return None
        return entry.area_id or self.device_areas.get(entry.device_id or "")


def by_default(entity_id: str, device_class: str | None) -> bool:
    domain = entity_id.partition(".")[0]
    match domain:
        case "binary_sensor":
            return device_class in EXPOSED_BINARY_SENSORS
        case "sensor":
            return device_class in EXPOSED_SENSORS
        case _:
            return domain in EXPOSED_DOMAINS


def floors(entries: Iterable[FloorEntry]) -> tuple[Floor, ...]:
    return tuple(Floor(entry.floor_id, entry.name, words(entry.aliases)) for entry in entries)


def areas(entries: Iterable[AreaEntry]) -> tuple[Area, ...]:
    return tuple(
        Area(entry.area_id, entry.name, words(entry.aliases), entry.floor_id) for entry in entries
    )


def device_areas(entries: Iterable[DeviceEntry]) -> dict[str, str | None]:
    devices = {entry.id: entry for entry in entries}
    parents = {key: devices.get(entry.parent_device_id or "") for key, entry in devices.items()}
    return {
        key: entry.area_id or (parent.area_id if (parent := parents[key]) else None)
        for key, entry in devices.items()
    }


def words(aliases: Iterable[str | None]) -> tuple[str, ...]:
    """Aliases that say something, in order of the alphabet: Home Assistant gives them in none."""
    return tuple(sorted({alias.strip() for alias in aliases if alias and alias.strip()}))
