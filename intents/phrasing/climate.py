"""Warmth and air: thermostats and fans, set, a bit more or less, or only implied. English."""

from dataclasses import replace

from intents.phrasing import values
from intents.phrasing.making import INDIRECT, TARGETS, VERBS, Wishes, wishes
from intents.phrasing.nouns import About, Noun, about
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.phrasing.talk_about import is_complaint
from intents.phrasing.verbs import verb

_DEGREES = 5
"""The most that one asks for at once ("warmer by two degrees")."""
_USUAL = 2


def warmed(clause: Clause, places: Places) -> Wishes:
    """As "set the heating to 21", "make it a bit warmer in the bedroom", "turn the heat down"."""
    deed = verb(clause)
    if not clause.within(*TARGETS, *VERBS, "number", "amount", "too") or deed in ("on", "off"):
        return None
    what = about(clause)
    spoken = any(_is_climate(noun) for noun in what.nouns)
    warmer = clause.values("act") & {"warmer", "cooler"}
    degrees = any(s.meanings.get("unit") == "degree" for s in clause.having("number"))
    if not (spoken or warmer or degrees) or not _has(places, "climate"):
        return None
    if any((noun.kind or noun.things) and not _is_climate(noun) for noun in what.nouns):
        return None
    found = places.of(_unreferred(what), "climate")
    found = tuple({k: v for k, v in each.items() if k != "domain"} for each in found or ())
    wanted = values.degrees(clause)
    if wanted is not None and deed in ("set", "change", "make", "turn", "up", "down", None):
        return wishes("HassClimateSetTemperature", found, {"temperature": wanted})
    if deed not in ("up", "down", "raise", "lower"):
        return None
    sign = 1 if deed in ("up", "raise") else -1
    change = min(_DEGREES, values.step(clause, _USUAL))
    return wishes("HassClimateSetTemperature", found, {"temperature_step": sign * change})


def felt(clause: Clause, places: Places) -> Wishes:
    """As "it's too cold in here", "I'm freezing"."""
    too = clause.first("too")
    if too not in ("cold", "hot") or not clause.within(*TARGETS, "too", "amount"):
        return None
    if not is_complaint(clause):
        return None
    what = about(clause)
    if clause.having("outdoor") or not _has(places, "climate"):
        return None
    if any(noun.kind or noun.things for noun in what.nouns):
        return None
    rooms = {area.id for noun in what.nouns for area in noun.areas}
    heated = {e.area for e in places.home.entities if e.domain == "climate"}
    if rooms and not rooms & heated:
        return None
    found = places.of(_unreferred(what), "climate")
    found = tuple({k: v for k, v in each.items() if k != "domain"} for each in found or ())
    change = 1 if too == "cold" else -1
    return wishes("HassClimateSetTemperature", found, {"temperature_step": change}, INDIRECT)


def blown(clause: Clause, places: Places) -> Wishes:
    """Fans: to a speed, faster, slower."""
    what = about(clause)
    if not what.nouns or not all(_is_fan(noun) for noun in what.nouns):
        return None
    if not clause.within(*TARGETS, *VERBS, "number", "amount"):
        return None
    found = places.of(what, "fan")
    speed = values.absolute(clause)
    if speed is not None:
        return wishes("HassFanSetSpeed", found, {"percentage": speed})
    deed = verb(clause)
    if deed not in ("up", "down", "raise", "lower"):
        return None
    sign = 1 if deed in ("up", "raise") else -1
    return wishes("HassFanSetSpeed", found, {"percentage_step": sign * values.step(clause)})


def _unreferred(what: About) -> About:
    """The "it" in "make it warmer" is nothing."""
    kept = (replace(noun, reference=None) for noun in what.nouns)
    return About(tuple(noun for noun in kept if not noun.is_empty), what.excepted)


def _is_climate(noun: Noun) -> bool:
    if noun.things:
        return any(thing.domain == "climate" for thing in noun.things)
    return noun.kind in ("climate", "temperature")


def _is_fan(noun: Noun) -> bool:
    if noun.things:
        return any(thing.domain == "fan" for thing in noun.things)
    return noun.kind == "fan"


def _has(places: Places, domain: str) -> bool:
    return any(entity.domain == domain for entity in places.home.entities)
