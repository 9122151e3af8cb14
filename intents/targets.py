"""Which entities a wish is about: as Home Assistant matches them, by name, area, floor and kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intents.home import Entity, Home, areas_called, called, floors_called, where
from intents.wishes import Wish

_MEDIA = frozenset({"media_player"})
_TODO = frozenset({"todo"})
DOMAINS: Mapping[str, frozenset[str]] = {
    "HassLightSet": frozenset({"light"}),
    "HassClimateSetTemperature": frozenset({"climate"}),
    "HassClimateSetFanMode": frozenset({"climate"}),
    "HassClimateGetTemperature": frozenset({"climate"}),
    "HassGetWeather": frozenset({"weather"}),
    "HassFanSetSpeed": frozenset({"fan"}),
    "HassSetPosition": frozenset({"cover", "valve"}),
    "HassVacuumStart": frozenset({"vacuum"}),
    "HassVacuumReturnToBase": frozenset({"vacuum"}),
    "HassVacuumCleanArea": frozenset({"vacuum"}),
    "HassLawnMowerStartMowing": frozenset({"lawn_mower"}),
    "HassLawnMowerDock": frozenset({"lawn_mower"}),
    "HassMediaPause": _MEDIA,
    "HassMediaUnpause": _MEDIA,
    "HassMediaNext": _MEDIA,
    "HassMediaPrevious": _MEDIA,
    "HassMediaPlayerMute": _MEDIA,
    "HassMediaPlayerUnmute": _MEDIA,
    "HassMediaSearchAndPlay": _MEDIA,
    "HassSetVolume": _MEDIA,
    "HassSetVolumeRelative": _MEDIA,
    "HubShuffle": _MEDIA,
    "HubRepeatSong": _MEDIA,
    "HubListClear": _TODO,
    "HassListAddItem": _TODO,
    "HassListCompleteItem": _TODO,
    "HassListRemoveItem": _TODO,
    "HassShoppingListAddItem": _TODO,
    "HassShoppingListCompleteItem": _TODO,
}
"""Domains that an intent is about; HassTurnOn, HassTurnOff and HassGetState are about any."""

_ANY = frozenset({"HassTurnOn", "HassTurnOff", "HassGetState", "HassToggle"})
_ONE = frozenset(
    {"HassClimateSetTemperature", "HassSetVolumeRelative", "HassMediaSearchAndPlay"}
    | {"HassVacuumCleanArea", "HassGetWeather", "HassClimateGetTemperature"}
)
"""Intents that want a single target."""
_STATES: Mapping[str, str] = dict.fromkeys(
    ("HassMediaPause", "HassMediaNext", "HassMediaPrevious", "HassSetVolume"), "playing"
) | {
    "HassSetVolumeRelative": "playing",
    "HubShuffle": "playing",
    "HubRepeatSong": "playing",
    "HassMediaUnpause": "paused",
}
"""The state that tells which of several is meant."""
_BY_ANSWER: Mapping[str, frozenset[str]] = {
    "cover": frozenset({"cover"}),
    "lock": frozenset({"lock"}),
    "valve": frozenset({"valve"}),
    "scene": frozenset({"scene"}),
    "script": frozenset({"script"}),
    "button": frozenset({"button", "input_button"}),
}
"""The answer that a sentence asks for tells which of two things of one name it is about."""
_SHOPPING_LIST = "todo.shopping_list"
_EVERYTHING = frozenset({"light", "switch", "fan", "media_player", "humidifier", "siren"})
"""Domains that "everything" means: doors, blinds and heating are asked for by name."""
_ABOUT = frozenset({"name", "area", "floor", "domain", "device_class"})
_EXCEPT = ("except", "except_2", "except_3")


@dataclass(frozen=True, slots=True)
class Miss:
    """Nothing fits. `key` is that of home-assistant-intents' answers to errors, with its names."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the slots say about the targets."""

    name: str | None
    area: str | None
    floor: str | None
    domains: frozenset[str]
    device_class: str | None

    def miss(self, what: str, **names: str) -> Miss:
        if self.area:
            return Miss(f"{what}_in_area", {**names, "area": self.area})
        if self.floor:
            return Miss(f"{what}_in_floor", {**names, "floor": self.floor})
        return Miss(what, names)

    def nothing(self) -> Miss:
        """No entity of this name, class or domain."""
        if self.name:
            return self.miss("no_entity", entity=self.name)
        if self.device_class:
            return self.miss("no_device_class", device_class=self.device_class)
        return self.miss("no_domain", domain=min(self.domains, default=""))


def targets(wish: Wish, home: Home, area: str | None = None) -> tuple[Entity, ...] | Miss:
    """Entities to act upon; none for an intent that is about no entity (a timer, the date).

    `area`: name or id of the room one speaks in; it decides between things of one name.
    """
    if wish.intent not in DOMAINS and wish.intent not in _ANY:
        return ()
    if not _ABOUT & wish.slots.keys() and wish.intent in _ANY:
        return Miss("no_entity", {"entity": ""})  # nothing that was named is not everything
    wanted = _wanted(wish)
    if wanted.area and not areas_called(home, wanted.area):
        return Miss("no_area", {"area": wanted.area})
    if wanted.floor and not floors_called(home, wanted.floor):
        return Miss("no_floor", {"floor": wanted.floor})
    found = _less(wish, _matching(wanted, home) or _anywhere(wanted, home), home)
    if not found:
        return wanted.nothing()
    if wanted.name:
        return _one_of_a_name(found, wanted, wish, home, area)
    return _narrowed(found, wish, home, area)


def floor_of(entity: Entity, home: Home) -> str | None:
    """Id of the floor it is on."""
    floors = (area.floor for area in home.areas if area.id == entity.area)
    return entity.floor or next(floors, None)


def _wanted(wish: Wish) -> _Wanted:
    def said(slot: str) -> str | None:
        value = wish.slots.get(slot)
        return str(value) if value is not None else None

    domain = said("domain")
    everything = not said("device_class") and said("name") in ("all", None) and wish.intent in _ANY
    goal = wish.intent == "HassVacuumCleanArea"  # its area is what to clean, not where it stands
    return _Wanted(
        name=None if said("name") == "all" else said("name"),
        area=None if goal else said("area"),
        floor=said("floor"),
        domains=frozenset({domain})
        if domain
        else DOMAINS.get(wish.intent, _EVERYTHING if everything else frozenset()),
        device_class=said("device_class"),
    )


def _less(wish: Wish, found: tuple[Entity, ...], home: Home) -> tuple[Entity, ...]:
    """Without what was left out ("all but the kitchen"): a thing, a room or a floor."""
    names = [str(wish.slots[slot]) for slot in _EXCEPT if slot in wish.slots]
    return tuple(e for e in found if not any(_belongs(e, name, home) for name in names))


def _belongs(entity: Entity, name: str, home: Home) -> bool:
    areas = {area.id for area in areas_called(home, name)}
    floors = {floor.id for floor in floors_called(home, name)}
    return called(entity, name) or entity.area in areas or floor_of(entity, home) in floors


def _matching(wanted: _Wanted, home: Home) -> tuple[Entity, ...]:
    areas = {area.id for area in areas_called(home, wanted.area or "")}
    floors = {floor.id for floor in floors_called(home, wanted.floor or "")}
    return tuple(
        entity
        for entity in home.entities
        if (not wanted.domains or entity.domain in wanted.domains)
        and (not wanted.name or called(entity, wanted.name))
        and (not wanted.device_class or entity.device_class == wanted.device_class)
        and (not wanted.area or entity.area in areas)
        and (not wanted.floor or floor_of(entity, home) in floors)
    )


def _anywhere(wanted: _Wanted, home: Home) -> tuple[Entity, ...]:
    """Of this name, where the home does not say where it stands: then whoever speaks knows."""
    if not wanted.name:
        return ()
    found = _matching(replace(wanted, area=None, floor=None), home)
    return tuple(entity for entity in found if entity.area is None and entity.floor is None)


def _one_of_a_name(
    found: tuple[Entity, ...], wanted: _Wanted, wish: Wish, home: Home, area: str | None
) -> tuple[Entity, ...] | Miss:
    spot = where(home, area)
    asked = _BY_ANSWER.get(wish.response, frozenset())
    state = _STATES.get(wish.intent)
    found = _prefer(found, lambda each: each.domain in asked)
    found = _prefer(found, lambda each: spot is not None and each.area == spot.id)
    if state is not None:
        found = _prefer(found, lambda each: each.state == state)
    if len(found) > 1:
        return wanted.miss("duplicate_entities", entity=wanted.name or "")
    return found


def _narrowed(
    found: tuple[Entity, ...], wish: Wish, home: Home, area: str | None
) -> tuple[Entity, ...] | Miss:
    """All of them, unless the intent wants one, or only those that play."""
    state = _STATES.get(wish.intent)
    if state is not None:
        found = _prefer(found, lambda each: each.state == state)
    if wish.intent in DOMAINS and DOMAINS[wish.intent] == _TODO:
        found = _prefer(found, lambda each: each.id == _SHOPPING_LIST)
    elif wish.intent not in _ONE:
        return found
    spot = where(home, area)
    found = _prefer(found, lambda each: spot is not None and each.area == spot.id)
    if len(found) == 1 or wish.intent in ("HassGetWeather", "HassClimateGetTemperature"):
        return found[:1]
    return Miss("duplicate_targets")


def _prefer(found: Sequence[Entity], fits: Callable[[Entity], bool]) -> tuple[Entity, ...]:
    """Those that fit, or all where none does."""
    return tuple(filter(fits, found)) or tuple(found)
