"""Wishes that only make sense beside an earlier one, made whole. Pure.

"It" is what was spoken of last in this room; "a bit more" goes on with what was last changed; "and
upstairs?" wishes the same elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hub.dialogue.choices import chosen, options
from hub.dialogue.memory import Spoken
from intents.home import Entity, Home, where
from intents.wishes import Slot, Wish

_TARGET = frozenset(
    {"name", "area", "floor", "domain", "device_class", "except", "except_2", "except_3"}
    | {"or", "or_2", "or_3", "reference"}
)
"""Slots that say what a wish is about, and not what is to be done with it."""
_STEPS: Mapping[str, tuple[str, str, int]] = {
    "light": ("HassLightSet", "brightness_step", 15),
    "media_player": ("HassSetVolumeRelative", "volume_step", 10),
    "climate": ("HassClimateSetTemperature", "temperature_step", 1),
    "fan": ("HassFanSetSpeed", "percentage_step", 20),
    "cover": ("HassSetPosition", "position_step", 20),
}
"""Intent, slot and usual step of "a bit more", by domain."""
_LEVELS: Mapping[str, tuple[str, str]] = {
    "media_player": ("HassSetVolume", "volume_level"),
    "fan": ("HassFanSetSpeed", "percentage"),
    "cover": ("HassSetPosition", "position"),
}
_MUCH = 2


def named(wish: Wish, past: Sequence[Spoken], home: Home) -> tuple[Wish, ...] | None:
    """A wish about "it", with the things that it is about; None where nothing can be meant."""
    last = next((each for each in past if each.things), None)
    if last is None:
        return None
    if wish.slots["reference"] == "them":
        return _about(wish, last.things)
    if wish.slots["reference"] == "other":
        return _about(wish, _others(last.things, home))
    wish = _fitting(wish, last.things[0].domain)
    if _same_target(last):
        kept = {k: v for k, v in last.wish.slots.items() if k in _TARGET}
        own = {k: v for k, v in wish.slots.items() if k not in _TARGET}
        return (replace(wish, slots={**kept, **own}, response=last.wish.response),)
    return _about(wish, last.things)


def _fitting(wish: Wish, domain: str) -> Wish:
    """A level is a brightness, a loudness, a speed or a position: by what "it" is."""
    level = wish.slots.get("brightness")
    if wish.intent != "HassLightSet" or level is None or domain not in _LEVELS:
        return wish
    intent, slot = _LEVELS[domain]
    kept = {k: v for k, v in wish.slots.items() if k != "brightness"}
    return replace(wish, intent=intent, slots={**kept, slot: level}, response="default")


def more(wish: Wish, past: Sequence[Spoken]) -> tuple[Wish, ...] | None:
    """A HubMore as a step of what was last changed, of its kind if that was said; else of what is
    here, of that kind; None where nothing could be meant.
    """
    of = wish.slots.get("of")
    for each in past:
        domain = each.things[0].domain if each.things else ""
        if domain not in _STEPS or of not in (None, domain):
            continue
        intent, slot, usual = _STEPS[domain]
        amount = wish.slots.get("amount")
        size = amount if isinstance(amount, int) else usual * (_MUCH if amount == "much" else 1)
        step = size if wish.slots.get("direction") != "down" else -size
        target = {k: v for k, v in each.wish.slots.items() if k in _TARGET}
        if intent != "HassSetPosition":
            target = {k: v for k, v in target.items() if k not in ("domain", "device_class")}
        if not target or "name" not in target:
            return _about(Wish(intent, {slot: step}, wish.score, _answer(intent)), each.things)
        return (Wish(intent, {**target, slot: step}, wish.score, _answer(intent)),)
    return _more_here(str(of), wish) if of else None


def _more_here(domain: str, wish: Wish) -> tuple[Wish, ...]:
    intent, slot, usual = _STEPS[domain]
    size = usual * (_MUCH if wish.slots.get("amount") == "much" else 1)
    step = size if wish.slots.get("direction") != "down" else -size
    target = {"domain": domain} if domain == "light" else {}
    return (Wish(intent, {**target, slot: step}, wish.score, _answer(intent)),)


def elsewhere(pick: Wish, past: Sequence[Spoken], home: Home) -> tuple[Wish, ...] | None:
    """A HubPick: the last wish again, in another place or with another thing."""
    last = next((each for each in past if not each.wish.intent.startswith("Hub")), None)
    if last is None:
        return None
    if pick.slots.get("reference") == "other":
        return _about(last.wish, _others(last.things, home)) if last.things else None
    place = {k: v for k, v in pick.slots.items() if k in ("name", "area", "floor")}
    if not place:
        return None
    kept = {k: v for k, v in last.wish.slots.items() if k not in ("area", "floor")}
    if "name" in kept and "name" not in place and kept["name"] != "all":
        domain = last.things[0].domain if last.things else None
        del kept["name"]
        kept |= {"domain": domain} if domain else {}
    if "name" in place:
        kept = {k: v for k, v in kept.items() if k not in _TARGET}
    kept = {k: v for k, v in kept.items() if not k.startswith(("or", "except"))}
    return (replace(last.wish, slots={**kept, **place}, response=_response(last.wish, place)),)


def _about(wish: Wish, things: Sequence[Entity]) -> tuple[Wish, ...] | None:
    """The same for each thing by its name."""
    own = {k: v for k, v in wish.slots.items() if k not in _TARGET}
    wishes = tuple(
        replace(wish, slots={"name": each.name, **own}, response=_plain(wish)) for each in things
    )
    return wishes or None


def _same_target(last: Spoken) -> bool:
    """It was many things: the words that said which say it still."""
    return len(last.things) > 1 and bool(_TARGET & last.wish.slots.keys())


def _others(things: Sequence[Entity], home: Home) -> tuple[Entity, ...]:
    """Of the same kind in the same room, which were not meant; at most a few can be "the other"."""
    if not things:
        return ()
    first, ids = things[0], {thing.id for thing in things}
    alike = [e for e in home.entities if e.domain == first.domain and e.id not in ids]
    return tuple(e for e in alike if e.area == first.area) or tuple(
        alike[:1] if len(alike) == 1 else ()
    )


def _plain(wish: Wish) -> str:
    return wish.response if wish.intent in ("HassLightSet", "HassGetState") else "default"


def _response(wish: Wish, place: Mapping[str, Slot]) -> str:
    """That of home-assistant-intents for a room, a floor or a thing."""
    if wish.intent not in ("HassTurnOn", "HassTurnOff") or "name" in place:
        return _plain(wish)
    if wish.slots.get("domain") == "light":
        return "lights_area" if "area" in place else "lights_floor"
    return wish.response if wish.response != "lights_area" else "default"


def _answer(intent: str) -> str:
    return "brightness" if intent == "HassLightSet" else "default"


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing was spoken of that could be meant; `key` of what to say."""

    key: str


def meant(
    wish: Wish, past: Sequence[Spoken], home: Home, area: str | None
) -> tuple[Wish, ...] | tuple[Entity, ...] | Unclear:
    """Whole wishes; or things of which one must be chosen. `area`: where one speaks."""
    if wish.intent == "HubMore":
        steps = more(wish, past)
        return _here(steps, home, area) if steps else Unclear("more_of_what")
    if wish.intent == "HubPick":
        return elsewhere(wish, past, home) or Unclear("what_there")
    if "reference" in wish.slots:
        return named(wish, past, home) or Unclear("what_is_it")
    if found := options(wish, home):
        return _chosen(wish, found, past, home, area)
    return (wish,)


def _here(wishes: tuple[Wish, ...], home: Home, area: str | None) -> tuple[Wish, ...]:
    """A kind without a place is that of the room."""
    spot = where(home, area)
    return tuple(
        replace(wish, slots={**wish.slots, "area": spot.name})
        if spot and wish.slots.keys() & {"domain"} and not wish.slots.keys() & {"area", "floor"}
        else wish
        for wish in wishes
    )


def _chosen(
    wish: Wish, found: tuple[Entity, ...], past: Sequence[Spoken], home: Home, area: str | None
) -> tuple[Wish, ...] | tuple[Entity, ...]:
    """The only one of this room, else the one just spoken of, else all of them are offered."""
    spot = where(home, area)
    here = [e for e in found if spot is not None and e.area == spot.id]
    last = {e.id for each in past[:1] for e in each.things}
    spoken = [e for e in found if e.id in last]
    for only in (here, spoken, list(found)):
        if len(only) == 1:
            return (chosen(wish, only[0]),)
    return found
