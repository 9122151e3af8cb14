"""SLURP's sentences beside the home: which of them a home can serve, decided once, and how.

Served: timers, alarms, lists, time, date, volume, music. A row is right when the right kind of
intent is understood, be it that something is still asked for ("set my alarm"). Not served: the
labels and rows below, with their reasons.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from bench.language.brains import Said
from bench.language.sentences import Sentence, home
from bench.language.slurp import Row, rows

_LISTS = frozenset({"HubListStatus", "HubListItem"})
_ADD = frozenset({"HassListAddItem", "HassShoppingListAddItem"})
_VOLUME = frozenset({"HassSetVolume", "HassSetVolumeRelative"})

SERVED: Mapping[str, frozenset[str]] = {
    "alarm_set": frozenset({"HubSetAlarm", "HassStartTimer", "HubSetReminder"}),
    "alarm_query": frozenset({"HubAlarmStatus"}),
    "alarm_remove": frozenset({"HubCancelAlarm"}),
    "datetime_query": frozenset({"HassGetCurrentTime", "HassGetCurrentDate", "HubWeekday"}),
    "lists_createoradd": _ADD | {"HubSetReminder"},
    "lists_query": _LISTS,
    "lists_remove": frozenset(
        {"HassListRemoveItem", "HassListCompleteItem", "HassShoppingListCompleteItem"}
        | {"HubListClear"}
    ),
    "audio_volume_up": _VOLUME | {"HassMediaPlayerUnmute"},
    "audio_volume_down": _VOLUME,
    "audio_volume_mute": frozenset(
        {"HassMediaPlayerMute", "HassSetVolume", "HubStop", "HassMediaPause"}
    ),
    "music_query": frozenset({"HubNowPlaying"}),
    "music_settings": frozenset({"HubShuffle", "HubRepeatSong", "HassMediaPrevious"}),
}
"""The intents that are right for a label."""

_NOT_LABELS: Mapping[str, str] = {
    "weather_query": "forecasts and other places; the home knows the weather now",
    "datetime_convert": "time zones",
    "music_likeness": "a memory of taste",
    "music_dislikeness": "a memory of taste",
}
_NOT_ENTITIES: Mapping[str, str] = {
    "place_name": "the time of other places",
    "time_zone": "the time of other places",
    "event_name": "a calendar of feasts and birthdays",
}
"""Of datetime_query."""
_NOT_ROWS: Mapping[str, frozenset[int]] = {
    "no wish of this label can be read in it": frozenset(
        {6035, 1625, 5667, 937, 1346, 5792, 11169, 11182, 10751, 10904, 11076, 10475, 10449}
        | {11160, 4243, 3454, 4497, 2003, 5755}
    ),
    "another wish than its label": frozenset({10457, 11212}),
    "time zones, feasts, birthdays and advice without an entity that says so": frozenset(
        {311, 2144, 4033}
    ),
    "Home Assistant makes and deletes no list by voice": frozenset(
        {10901, 10548, 11178, 10941, 10616, 10925, 10468, 10545, 10488, 10973, 10626, 11079, 11200}
        | {10962, 10521, 10470, 10458, 10916, 10817, 11096, 10526, 10952, 11047}
    ),
    "a list that the bench's home has not": frozenset({11196, 10988, 11119, 10627}),
    "speaks of an item or a list that was named before": frozenset(
        {11014, 11122, 10700, 10529, 10860, 10969, 10854, 10746, 10883, 10689, 10629, 10614, 10589}
        | {10791, 10896}
    ),
    "lists of other kinds: contacts, shops, uploads, their history": frozenset(
        {10539, 10775, 10532, 10496}
    ),
    "knowledge of music: lyrics, producers, years, charts, recommendations": frozenset(
        {13106, 2846, 10602, 3863, 1177, 1791, 3404, 5372, 4899, 552, 4191, 5408, 3177, 3004}
    ),
}
"""By reason, the rows of served labels that are not; ids of SLURP."""


def reason(row: Row) -> str | None:
    """Why it is not served; None for a row that is."""
    if row.intent not in SERVED:
        return _NOT_LABELS[row.intent]
    if row.intent == "datetime_query":
        for kind, why in _NOT_ENTITIES.items():
            if row.spans(kind):
                return why
    return next((why for why, ids in _NOT_ROWS.items() if row.id in ids), None)


def home_adjacent() -> Sequence[Sentence]:
    """Those that are served."""
    return [
        Sentence(row.text, home(), row.intent, partial(_is_right, SERVED[row.intent]))
        for row in rows("slurp_home_adjacent.jsonl")
        if reason(row) is None
    ]


def _is_right(intents: frozenset[str], said: Said) -> bool:
    return bool(said.wishes) and all(wish.intent in intents for wish in said.wishes)
