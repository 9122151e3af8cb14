"""What a service call comes to, in the words of the owner's rules."""

from enum import StrEnum

from hub.services import Call


class Verb(StrEnum):
    """`set`: anything that changes how a thing is, but not whether it is on or open."""

    ON = "on"
    OFF = "off"
    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"
    LOCK = "lock"
    UNLOCK = "unlock"
    ARM = "arm"
    DISARM = "disarm"
    RUN = "run"
    PRESS = "press"
    START = "start"
    DOCK = "dock"
    SET = "set"


_SERVICES = {
    "turn_on": Verb.ON,
    "turn_off": Verb.OFF,
    "open_cover": Verb.OPEN,
    "open_valve": Verb.OPEN,
    "close_cover": Verb.CLOSE,
    "close_valve": Verb.CLOSE,
    "stop_cover": Verb.STOP,
    "stop_valve": Verb.STOP,
    "lock": Verb.LOCK,
    "unlock": Verb.UNLOCK,
    "open": Verb.UNLOCK,
    "alarm_disarm": Verb.DISARM,
    "press": Verb.PRESS,
    "start": Verb.START,
    "start_mowing": Verb.START,
    "return_to_base": Verb.DOCK,
    "dock": Verb.DOCK,
}
_BOTH = {
    "cover": (Verb.OPEN, Verb.CLOSE),
    "valve": (Verb.OPEN, Verb.CLOSE),
    "lock": (Verb.UNLOCK, Verb.LOCK),
}
"""What a toggle may come to, where it is not on and off."""


def verbs(call: Call) -> tuple[Verb, ...]:
    """All that the call may come to: of a toggle nobody knows before which it will be."""
    if call.service == "toggle":
        return _BOTH.get(call.domain, (Verb.ON, Verb.OFF))
    if call.service in ("set_cover_position", "set_valve_position"):
        return (Verb.OPEN if call.data.get("position") else Verb.CLOSE,)
    if call.service.startswith("alarm_arm"):
        return (Verb.ARM,)
    if call.service == "turn_on" and call.domain in ("scene", "script"):
        return (Verb.RUN,)
    return (_SERVICES.get(call.service, Verb.SET),)
