"""Light: brighter, darker, colours, moods, and what is only implied ("it's too dark"). English."""

from intents.phrasing import values
from intents.phrasing.making import INDIRECT, NATURAL, TARGETS, VERBS, Wishes, wishes
from intents.phrasing.nouns import About, about
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.phrasing.talk_about import is_complaint
from intents.phrasing.verbs import verb
from intents.wishes import Slot, Wish

_VALUES = ("number", "amount", "color", "white", "mood", "too", "state")
_UP = frozenset({"brighten", "up", "raise"})
_DOWN = frozenset({"dim", "down", "lower"})
_SETTING = frozenset({"set", "change", "make", "turn", "on", "dim", "brighten", "up", "down", None})
_TIMES_OF_DAY = frozenset({"morning", "evening", "night", "time", "mode"})
_SETTING_ACTS = frozenset({"set", "change", "make"})


def dimmed(clause: Clause, places: Places) -> Wishes:
    """As "dim the lamp", "lights down to seven", "a bit brighter in here"."""
    deed = verb(clause)
    if deed not in _UP | _DOWN or not clause.within(*TARGETS, *VERBS, *_VALUES):
        return None
    what = about(clause)
    if not _about_light(what, deed):
        return None
    found = places.of(what, "light")
    level = values.absolute(clause)
    if level is not None:
        return wishes("HassLightSet", found, {"brightness": level})
    if deed in ("up", "down") and all(noun.reference for noun in what.nouns) and what.nouns:
        return _more(clause, deed)
    change = values.step(clause) * (1 if deed in _UP else -1)
    return wishes("HassLightSet", found, {"brightness_step": change})


def _more(clause: Clause, direction: str) -> Wishes:
    """As "turn it up": whatever it is, it has more and less."""
    said = clause.having("number") or clause.first("amount") == "little"
    amount: Slot | None = values.step(clause) if said else clause.first("amount")
    more = {"amount": amount} if amount is not None else {}
    return (Wish("HubMore", {"direction": direction, **more}, NATURAL),)


def coloured(clause: Clause, places: Places) -> Wishes:
    """As "make the lounge red", "lights to 40 percent", "warm white in the bedroom"."""
    if verb(clause) not in _SETTING or not clause.within(*TARGETS, *VERBS, *_VALUES):
        return None
    wanted = values.light(clause)
    what = about(clause)
    if not wanted or not _about_light(what, None, bare="brightness" not in wanted):
        return None
    return wishes("HassLightSet", places.of(what, "light"), wanted)


def in_mood(clause: Clause, places: Places) -> Wishes:
    """A scene of the home that is called so, else how light is in that mood."""
    mood = clause.first("mood")
    deed = verb(clause)
    allowed = (*TARGETS, *VERBS, "mood", "white", "color", "too", "date", "daypart")
    if mood is None or deed == "off" or not clause.within(*allowed):
        return None
    if named := [e for span in clause.having("mood") for e in span.things]:
        routine = named[0].domain in ("scene", "script") and len(about(clause).nouns) == 1
        return wishes("HassTurnOn", [{"name": named[0].name}]) if routine else None
    what = about(clause)
    scenic = clause.having("kind") and clause.having("kind")[-1].meanings["kind"] in (
        "scene",
        "light",
    )
    if not (scenic or deed in _SETTING_ACTS | {"on"} or _alone(clause)):
        return None
    if not _about_light(what, None, bare=True):
        return None
    if scene := _scene(clause, places):
        return wishes("HassTurnOn", [{"name": scene}])
    kept = About(tuple(n for n in what.nouns if n.kind != "scene" or n.has_place), what.excepted)
    return wishes("HassLightSet", places.of(kept, "light"), values.MOODS[mood], INDIRECT)


def recoloured(clause: Clause, places: Places) -> Wishes:
    """As "change the colour of the lights": which colour was not said; the next one is taken."""
    if verb(clause) not in ("change", "set") or not clause.within(
        *TARGETS, *VERBS, "mood", "color"
    ):
        return None
    kinds = {span.meanings["kind"] for span in clause.having("kind")}
    if not kinds & {"color", "brightness", "scene"} or not clause.having("kind"):
        return None
    what = about(clause)
    if not _about_light(what, None, bare=True):
        return None
    more: dict[str, Slot] = {"color": "random"}
    return wishes("HassLightSet", places.of(what, "light"), more, INDIRECT)


def implied(clause: Clause, places: Places) -> Wishes:
    """As "it's too dark in here", "this is too bright", "I need some light"."""
    too = clause.first("too")
    if too not in ("dark", "bright") or not clause.within(
        *TARGETS, "too", "state", "amount", "part"
    ):
        return None
    if not is_complaint(clause):
        return None
    what = about(clause)
    if any(noun.kind not in (None, "light") or noun.things for noun in what.nouns):
        return None
    found = places.of(About(tuple(n for n in what.nouns if not n.reference)), "light")
    if too == "dark":
        return wishes("HassTurnOn", found, score=INDIRECT)
    return wishes("HassLightSet", found, {"brightness_step": -30}, INDIRECT)


def _alone(clause: Clause) -> bool:
    return all(span.has("skip") or span.has("mood") or span.has("kind") for span in clause.spans)


def _scene(clause: Clause, places: Places) -> str | None:
    said = {word for span in clause.having("mood") for word in clause.tokens[span.start : span.end]}
    said = said - _TIMES_OF_DAY or said  # a movie night is no good night
    for entity in places.home.entities:
        if entity.domain in ("scene", "script") and said & set(entity.name.casefold().split()):
            return entity.name
    return None


def _about_light(what: About, deed: str | None, *, bare: bool = False) -> bool:
    """Lights by name or kind, or a room alone where the verb can only mean light."""
    if not what.nouns:
        return bare or deed in ("dim", "brighten")
    for noun in what.nouns:
        if noun.things and not any(thing.domain == "light" for thing in noun.things):
            return False
        if not noun.things and noun.kind not in (None, "light", "brightness", "color", "scene"):
            return False
        if not noun.has_head and deed is not None and deed not in ("dim", "brighten"):
            return False
    return True
