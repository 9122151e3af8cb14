"""What could go wrong with an action, and how much care that takes before any rule is read.

Closing, locking and turning off make a home safer and are free; a shout through a window, a
television or a cloned voice must not open a house (docs/decisions/0003, 0016).
"""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from hub.care.classes import Care
from hub.care.names import is_door, is_heater, is_oven, may_open
from hub.care.verbs import Verb
from intents.home import Entity


class Risk(Enum):
    LOCK = auto()
    """A lock is opened."""
    DOOR = auto()
    """A door, gate or garage is opened."""
    ALARM = auto()
    """An alarm panel is changed in any way."""
    RELAY = auto()
    """A switch or button that by its name opens a door, a lock or an alarm."""
    ROUTINE = auto()
    """A scene, script or automation of such a name: what it does cannot be seen from here."""
    HEAT = auto()
    """An oven, an iron, a heater goes on."""
    SIREN = auto()
    GAS = auto()
    VALVE = auto()
    """A valve that is not for gas is opened."""
    BLADES = auto()
    """A lawn mower starts."""


DEFAULTS: Mapping[Risk | None, Care] = MappingProxyType(
    {
        None: Care.FREE,
        Risk.LOCK: Care.NEVER,
        Risk.DOOR: Care.NEVER,
        Risk.ALARM: Care.NEVER,
        Risk.RELAY: Care.NEVER,
        Risk.ROUTINE: Care.CONFIRM,
        Risk.HEAT: Care.CONFIRM,
        Risk.SIREN: Care.CONFIRM,
        Risk.GAS: Care.CONFIRM,
        Risk.VALVE: Care.READ_BACK,
        Risk.BLADES: Care.READ_BACK,
    }
)
FLOORS: Mapping[Risk | None, Care] = MappingProxyType(
    dict.fromkeys((Risk.LOCK, Risk.DOOR, Risk.ALARM, Risk.RELAY), Care.CODE)
)
"""What no rule can go under: never on voice alone."""

_RELAYS = frozenset({"switch", "button", "input_button"})
_ROUTINES = frozenset({"scene", "script", "automation", "input_boolean", "remote"})
_HEATING = _RELAYS | _ROUTINES | {"climate", "water_heater", "humidifier"}
_SAFE = frozenset({Verb.CLOSE, Verb.STOP, Verb.LOCK})


def risk(verb: Verb, target: Entity) -> Risk | None:
    """What speaks against doing this with it, or None."""
    match target.domain:
        case "alarm_control_panel":
            return Risk.ALARM
        case "lock":
            return None if verb in _SAFE else Risk.LOCK
        case "cover":
            return Risk.DOOR if verb not in _SAFE and is_door(target) else None
        case "valve":
            return None if verb in _SAFE else _valve(target)
        case "siren":
            return None if verb is Verb.OFF else Risk.SIREN
        case "lawn_mower":
            return Risk.BLADES if verb is Verb.START else None
        case _:
            return _opening(verb, target) or _heating(verb, target)


def _valve(target: Entity) -> Risk:
    return Risk.GAS if target.device_class == "gas" else Risk.VALVE


def _opening(verb: Verb, target: Entity) -> Risk | None:
    """Off counts as well: a relay may hold a lock shut, an automation may watch a door."""
    stopped = verb is Verb.OFF and target.domain in ("script", "scene")
    if stopped or not may_open(target):
        return None
    if target.domain in _RELAYS:
        return Risk.RELAY
    return Risk.ROUTINE if target.domain in _ROUTINES else None


def _heating(verb: Verb, target: Entity) -> Risk | None:
    if verb is Verb.OFF or target.domain not in _HEATING:
        return None
    hot = is_oven(target) or (verb is Verb.ON and is_heater(target))
    return Risk.HEAT if hot else None
