"""What can be wished beyond home-assistant-intents: intents of our own, and slots added to theirs.

Every slot is closed, names of the home, or open text, so that the word door can price it. Wishes
that only make sense beside an earlier one ("a bit more", "and upstairs?") stay unresolved here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from intents.wishes import Slot

HomeList = Literal["name", "area", "floor", "view"]


@dataclass(frozen=True, slots=True)
class Values:
    """What may stand in a slot: these values, the home's names of these lists, or any text."""

    closed: frozenset[Slot] = frozenset()
    lists: frozenset[HomeList] = frozenset()
    open: bool = False

    def __or__(self, other: "Values") -> "Values":
        lists = self.lists | other.lists
        return Values(self.closed | other.closed, lists, self.open or other.open)


def _one_of(*values: Slot) -> Values:
    return Values(frozenset(values))


_OPEN = Values(open=True)
_PLACES: frozenset[HomeList] = frozenset({"name", "area", "floor"})

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
TIME = Values(frozenset(f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)))
"""Time of day, HH:MM of 24 hours."""
HALF = _one_of("either")
"""Beside a `time`: morning or evening was not said; the next of the two is meant."""
DATE = Values(
    frozenset({"today", "tomorrow", "day_after_tomorrow", *WEEKDAYS})
    | {f"{month:02}-{day:02}" for month, days in enumerate(_DAYS, 1) for day in range(1, days + 1)}
    | {f"{day:02}" for day in range(1, 32)}
)
"""A weekday is the next one, MM-DD and DD are the next such day, today included."""
REPEAT = _one_of("daily", "weekdays", "weekends", "weekly")
"""weekly: on the weekday in `date`."""
HOURS, MINUTES, SECONDS = (Values(frozenset(range(1, most + 1))) for most in (99, 600, 3_600))
_ALL = _one_of("all")
_LENGTH = {"hours": HOURS, "minutes": MINUTES, "seconds": SECONDS}
"""From now."""
_MOMENT = {"time": TIME, "half": HALF, "date": DATE}
_WHEN = {**_MOMENT, "repeat": REPEAT, **_LENGTH}
_STEP = Values(frozenset(range(-100, 101)))
"""By how many per cent of the whole (or degrees) more or less."""
_VIEW = Values(lists=frozenset({"view"}))
_SPOT = {
    "view": _VIEW,
    "area": Values(lists=frozenset({"area"})),
    "floor": Values(lists=frozenset({"floor"})),
    "place": _one_of("outside", "unknown"),
}
"""Where the cameras look. unknown: somewhere at the house that no camera is known to show."""
_LABEL = _one_of("person", "dog", "cat", "car", "bicycle")
REFERENCE = _one_of("it", "them", "other")
"""Stands for what was spoken of last: the thing, the things, the one that was not meant."""

OWN: Mapping[str, Mapping[str, Values]] = MappingProxyType(
    {
        "HubSetAlarm": {**_WHEN, "name": _OPEN},
        "HubCancelAlarm": {**_MOMENT, "name": _OPEN, "all": _ALL},
        "HubMoveAlarm": {**_MOMENT, "of_time": TIME, "of_half": HALF, "of_date": DATE},
        "HubAlarmStatus": {**_MOMENT, "name": _OPEN},
        "HubSnooze": {"minutes": MINUTES},
        "HubSetReminder": {**_WHEN, "message": _OPEN},
        "HubCancelReminder": {**_MOMENT, "message": _OPEN, "all": _ALL},
        "HubReminderStatus": {},
        "HubSchedule": {
            **_WHEN,
            "event": _one_of("sunset", "sunrise", "timer"),
            "conversation_command": _OPEN,
        },
        "HubCancelSchedule": {"all": _ALL},
        "HubScheduleStatus": {},
        "HubYes": {},
        "HubNo": {},
        "HubStop": {},
        "HubUndo": {},
        "HubRecall": {},
        "HubWhy": {},
        "HubRepeat": {},
        "HubMore": {
            "direction": _one_of("up", "down"),
            "amount": Values(frozenset(range(1, 101)) | {"little", "much"}),
            "of": _one_of("light", "media_player", "climate"),
        },
        "HubPick": {
            "relation": _one_of("and", "instead"),
            "name": Values(lists=frozenset({"name"})),
            "area": Values(lists=frozenset({"area"})),
            "floor": Values(lists=frozenset({"floor"})),
            "reference": REFERENCE,
            "ordinal": _one_of("last", "all", *range(1, 10)),
        },
        "HubListStatus": {"name": Values(lists=frozenset({"name"}))},
        "HubListItem": {"name": Values(lists=frozenset({"name"})), "item": _OPEN},
        "HubListClear": {"name": Values(lists=frozenset({"name"}))},
        "HubNowPlaying": {"name": Values(lists=frozenset({"name"}))},
        "HubShuffle": {"name": Values(lists=frozenset({"name"})), "state": _one_of("on", "off")},
        "HubRepeatSong": {"name": Values(lists=frozenset({"name"})), "state": _one_of("on", "off")},
        "HubWeekday": {"date": DATE},
        "HubIsAnyone": {**_SPOT, "label": _LABEL},
        "HubWho": _SPOT,
        "HubHowMany": {**_SPOT, "label": _LABEL},
        "HubThing": _SPOT,
        "HubLastSeen": {**_SPOT, "date": _one_of("today")},
        "HubLook": _SPOT,
        "HubWhere": {"label": _LABEL},
        "HubViewState": {"view": _VIEW, "look": _OPEN},
        "HubCameraState": _SPOT,
        "HubCameras": {
            **_SPOT,
            **_MOMENT,
            **_LENGTH,
            "state": _one_of("on", "off"),
            "until": _one_of("left"),
        },
    }
)
"""HubRecall: what was just done. HubRepeat: say it again. HubMore: of what was just changed.
HubPick answers "which one?", or does the last wish elsewhere ("and upstairs?", "no, the bedroom").
"""

_EXCEPT = Values(lists=_PLACES)
_NAME = Values(lists=frozenset({"name"}))
_ANYWHERE = {  # or: another thing that may have been meant
    "reference": REFERENCE,
    "except": _EXCEPT,
    "except_2": _EXCEPT,
    "except_3": _EXCEPT,
    "or": _NAME,
    "or_2": _NAME,
    "or_3": _NAME,
    "name": Values(frozenset({"all"}), frozenset({"name"})),
    "area": Values(lists=frozenset({"area"})),
    "floor": Values(lists=frozenset({"floor"})),
}
_KINDS = {
    "domain": _one_of(
        *("light", "switch", "fan", "cover", "lock", "media_player", "climate", "vacuum", "valve"),
        *("scene", "script", "humidifier", "siren", "water_heater", "lawn_mower", "person"),
        *("input_boolean", "automation", "binary_sensor", "sensor", "camera", "button", "todo"),
    ),
    "device_class": _one_of(
        *("blind", "curtain", "shade", "shutter", "awning", "garage", "gate", "door", "window"),
        *("outlet", "motion", "occupancy", "smoke", "moisture", "temperature", "humidity"),
        *("battery", "opening", "tv", "speaker", "lock", "light", "power", "gas"),
        "carbon_monoxide",
    ),
}
_PLAIN = (
    *("HassMediaPause", "HassMediaUnpause", "HassMediaNext", "HassMediaPrevious"),
    *("HassMediaPlayerMute", "HassMediaPlayerUnmute"),
    *("HassVacuumStart", "HassVacuumReturnToBase"),
)
_PERCENT = Values(frozenset(range(101)))

ADDED: Mapping[str, Mapping[str, Values]] = MappingProxyType(
    {
        "HassTurnOn": {**_ANYWHERE, **_KINDS},
        "HassTurnOff": {**_ANYWHERE, **_KINDS},
        "HassToggle": {**_ANYWHERE, **_KINDS},
        "HassLightSet": {
            **_ANYWHERE,
            "brightness": Values(frozenset(range(101))),
            "brightness_step": _STEP,
            "temperature": Values(frozenset({2200, 2700, 4000, 5000, 6500})),
            "temperature_step": _STEP,
            "color": _one_of("random"),
        },
        "HassSetPosition": {**_ANYWHERE, **_KINDS, "position_step": _STEP, "position": _PERCENT},
        "HassFanSetSpeed": {**_ANYWHERE, "percentage_step": _STEP},
        "HassClimateSetTemperature": {**_ANYWHERE, "temperature_step": _STEP},
        "HassClimateGetTemperature": _ANYWHERE,
        "HassSetVolume": _ANYWHERE,
        "HassSetVolumeRelative": _ANYWHERE,
        "HassGetState": {
            **_ANYWHERE,
            **_KINDS,
            "state": _one_of(
                *("on", "off", "open", "closed", "locked", "unlocked", "playing", "paused"),
                *("home", "not_home", "cleaning", "docked", "idle", "armed", "disarmed"),
            ),
        },
    }
    | dict.fromkeys(_PLAIN, _ANYWHERE)
)
"""Slots that home-assistant-intents' own intents may carry besides."""
