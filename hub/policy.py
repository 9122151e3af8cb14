"""What a voice alone may not do (promise 4: doors, garages and alarms). Pure.

Closing and locking are granted, opening and disarming are not: a shout through a window, a
television or a cloned voice must not open a house. It stands in the executor's way for speech,
typed text and MQTT alike, and inside "everything": the rest is done, these are refused.
"""

import re
from enum import StrEnum

from hub.services import Call
from intents.home import Entity

_DOORS = frozenset({"garage", "garage_door", "gate", "door"})
_DOOR_WORDS = re.compile(
    r"garage|\b(?:gates?|doors?|(?:hof|garagen)?tor|\w*tür|ports?|portes?|portail|puertas?|port[oó]n"
    r"|porta|cancello|deur|poort|dörr|drzwi|brama)\b",
    re.IGNORECASE,
)
"""What doors are called in the larger languages, for a cover whose owner gave it no class."""
_SAFE_SERVICES = frozenset({"lock", "close_cover", "close_valve", "stop_cover"})


class Risk(StrEnum):
    """Why an action is refused; the keys of hub/phrases.py."""

    LOCK = "risk_lock"
    DOOR = "risk_door"
    ALARM = "risk_alarm"


def risk(call: Call, target: Entity) -> Risk | None:
    """What speaks against this service on this entity, or None."""
    if call.service in _SAFE_SERVICES:
        return None
    match target.domain:
        case "lock":
            return Risk.LOCK
        case "alarm_control_panel":
            return Risk.ALARM
        case "cover" if _is_door(target) and not _closes(call):
            return Risk.DOOR
        case _:
            return None


def _is_door(cover: Entity) -> bool:
    if cover.device_class is not None:
        return cover.device_class in _DOORS
    return any(_DOOR_WORDS.search(name) for name in (cover.name, *cover.aliases))


def _closes(call: Call) -> bool:
    return call.service == "set_cover_position" and call.data.get("position") == 0
