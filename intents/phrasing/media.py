"""Music and its loudness: players, volume, mute, next, shuffle. English."""

from intents.phrasing import values
from intents.phrasing.making import INDIRECT, TARGETS, VERBS, Wishes, wishes
from intents.phrasing.nouns import About, Noun, about
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.phrasing.talk_about import is_complaint
from intents.phrasing.verbs import verb
from intents.wishes import Slot

_PLAIN = {
    "pause": "HassMediaPause",
    "stop": "HassMediaPause",
    "off": "HassMediaPause",
    "resume": "HassMediaUnpause",
    "play": "HassMediaUnpause",
    "start": "HassMediaUnpause",
    "on": "HassMediaUnpause",
    "next": "HassMediaNext",
    "previous": "HassMediaPrevious",
    "mute": "HassMediaPlayerMute",
    "unmute": "HassMediaPlayerUnmute",
}
_BARE = frozenset({"mute", "unmute", "pause", "resume", "next", "previous", "shuffle", "repeat"})
_ALLOWED = (*TARGETS, *VERBS, "number", "amount", "too")


def turned(clause: Clause, places: Places) -> Wishes:
    """As "a bit quieter", "volume to 30", "turn the music up"."""
    deed = verb(clause)
    what = about(clause)
    loud = clause.values("act") & {"louder", "softer"}
    if not _has_player(places) or not clause.within(*_ALLOWED):
        return None
    if not (loud or any(n.kind == "volume" or _is_sound(n) for n in what.nouns)):
        return None
    if not all(
        _is_sound(n) or n.kind == "volume" or not n.has_head or n.reference for n in what.nouns
    ):
        return None
    level = values.absolute(clause)
    found = _players(what, places)
    if level is not None:
        return wishes("HassSetVolume", found, {"volume_level": level})
    if deed not in ("up", "down", "raise", "lower"):
        return None
    up = deed in ("up", "raise")
    step: Slot = "up" if up else "down"
    if clause.first("amount") or clause.having("number"):
        step = values.step(clause) * (1 if up else -1)
    return wishes("HassSetVolumeRelative", found, {"volume_step": step})


def played(clause: Clause, places: Places) -> Wishes:
    """As "stop the music", "skip this song", "mute the speakers"."""
    deed = verb(clause)
    what = about(clause)
    if deed is None or not _has_player(places) or not clause.within(*TARGETS, *VERBS):
        return None
    if deed in ("on", "off", "resume") and {"sound", "audio"} & set(clause.tokens):
        mute = "HassMediaPlayerMute" if deed == "off" else "HassMediaPlayerUnmute"
        return wishes(mute, _players(what, places))
    on_off = deed in ("on", "off") and any(n.kind == "tv" or n.things for n in what.nouns)
    named = what.nouns and all(_is_sound(n) or n.reference or not n.has_head for n in what.nouns)
    modal = bool(clause.values("act") & {"shuffle", "repeat"})
    if on_off or not (named or ((deed in _BARE or modal) and not what.nouns)):
        return None
    if modes := clause.values("act") & {"shuffle", "repeat"}:
        intent = "HubShuffle" if "shuffle" in modes else "HubRepeatSong"
        off = clause.first("part") == "off" or clause.values("act") & {"off", "stop", "cancel"}
        return wishes(intent, _players(what, places), {"state": "off" if off else "on"})
    if deed in _PLAIN and (deed in _BARE or any(_is_sound(n) for n in what.nouns)):
        return wishes(_PLAIN[deed], _players(what, places))
    return None


def heard(clause: Clause, places: Places) -> Wishes:
    """As "it's too loud", "I can't hear it"."""
    too = clause.first("too")
    if too not in ("loud", "quiet") or not _has_player(places):
        return None
    if not clause.within(*TARGETS, "too", "amount"):
        return None
    if not is_complaint(clause):
        return None
    step = "down" if too == "loud" else "up"
    found = _players(about(clause), places)
    return wishes("HassSetVolumeRelative", found, {"volume_step": step}, INDIRECT)


def _players(what: About, places: Places) -> list[dict[str, Slot]]:
    """By name, by room, or none: then the one that plays is meant."""
    named = [n for n in what.nouns if n.things or n.areas or n.reference]
    if not named:
        return [{}]
    found = places.of(About(tuple(named)), "media_player") or ()
    return [{k: v for k, v in each.items() if k != "domain"} for each in found]


def _is_sound(noun: Noun) -> bool:
    if noun.things:
        return any(thing.domain == "media_player" for thing in noun.things)
    return noun.kind in ("media", "tv")


def _has_player(places: Places) -> bool:
    return any(entity.domain == "media_player" for entity in places.home.entities)
