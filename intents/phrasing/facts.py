"""Questions that name no thing: the time, the date, a weekday, what is playing. English."""

from intents.own import WEEKDAYS
from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.wishes import Wish

_TALK = frozenset(
    (
        "what is it the a tell me us now right today please can you could do know let olly hey "
        "show give current currently just i have to at s this on in of for there would like ok "
        "and say check want day date time hour clock moment present got will be was"
    ).split()
)
_DAYS = frozenset({"week", "weekday", "fall", "falls", "does", "when", "month", "year", "which"})
_SONG = frozenset(
    (
        "song music track tune artist band singer title playing name sings sung sing who which "
        "group musical that am listening being played called about information details"
    ).split()
)


def dated(clause: Clause, _places: Places) -> Wishes:
    """As "could you tell me what time it is", "what day is the 22nd of may?"."""
    said = set(clause.tokens)
    days = clause.having("date")
    unnamed = {w for s in clause.spans if not s.has("date") for w in clause.tokens[s.start : s.end]}
    if days and {"day", "weekday", "date"} & said and unnamed <= _TALK | _DAYS:
        date = days[-1].meanings["date"]
        if date == "today":
            return (Wish("HassGetCurrentDate", {}, NATURAL),)
        return (Wish("HubWeekday", {"date": date}, NATURAL),)
    if clause.tokens[:1] == ("is",) and days and unnamed <= _TALK:
        told = next((d for d in days if d.meanings["date"] not in (*WEEKDAYS, "today")), None)
        if told is None:
            return (Wish("HassGetCurrentDate", {}, NATURAL),)
        return (Wish("HubWeekday", {"date": told.meanings["date"]}, NATURAL),)
    if not unnamed <= _TALK | {"week"}:
        return None
    if {"time", "hour"} & said and "date" not in said:
        return (Wish("HassGetCurrentTime", {}, NATURAL),)
    if {"date", "day"} & said and len(said) > 1:
        return (Wish("HassGetCurrentDate", {}, NATURAL),)
    return None


def playing(clause: Clause, places: Places) -> Wishes:
    """As "what song is this?", "who sings that?"."""
    said = set(clause.tokens)
    asks = {"what", "who", "which", "tell", "name", "check"} & said
    spoken = {
        "song",
        "music",
        "track",
        "tune",
        "artist",
        "band",
        "singer",
        "playing",
        "sings",
    } & said
    player = any(entity.domain == "media_player" for entity in places.home.entities)
    if player and asks and spoken and said <= _SONG | _TALK:
        return (Wish("HubNowPlaying", {}, NATURAL),)
    return None
