"""What a voice alone may not do (promise 4: doors, garages and alarms). Pure.

Closing and locking are granted, opening and disarming are not: a shout through a window, a
television or a cloned voice must not open a house. It stands in the executor's way for speech,
typed text and MQTT alike, and inside "everything": the rest is done, these are refused.
"""

from enum import StrEnum

from hub.services import Call
from intents.home import Entity

_DOORS = frozenset({"garage", "garage_door", "gate", "door"})
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
        case "cover" if target.device_class in _DOORS and not _closes(call):
            return Risk.DOOR
        case _:
            return None


def _closes(call: Call) -> bool:
    return call.service == "set_cover_position" and call.data.get("position") == 0
