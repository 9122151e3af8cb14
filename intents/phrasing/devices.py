"""Clauses that ask for something to be done with things of the home. Pure; English."""

from collections.abc import Iterable

from intents.home import Entity
from intents.phrasing import values
from intents.phrasing.making import NATURAL, TARGETS, VERBS, Wishes, wishes
from intents.phrasing.nouns import About, Noun, about
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.phrasing.tagging import is_a
from intents.phrasing.verbs import verb
from intents.wishes import Wish

_COVERS = frozenset({"cover", "blind", "curtain", "shade", "shutter", "awning", "garage", "gate"})


def switched(clause: Clause, places: Places) -> Wishes:
    """On, off and toggle, of anything."""
    deed = verb(clause)
    if deed in ("start", "stop"):
        deed = {"start": "on", "stop": "off"}[deed]
    if deed not in ("on", "off", "toggle") or not clause.within(*TARGETS, *VERBS):
        return None
    what = about(clause)
    if any(n.things and not any(e.domain in _SWITCHED for e in n.things) for n in what.nouns):
        return None
    if verb(clause) == "stop" and any(_is_cover(noun, places) for noun in what.nouns):
        return None  # to stop is not to close
    if not what.nouns or any(noun.kind in _UNSWITCHED and not noun.things for noun in what.nouns):
        return None
    domain = None if _everything(clause) else "light"
    found = places.of(what, domain)
    intent = {"on": "HassTurnOn", "off": "HassTurnOff", "toggle": "HassToggle"}[deed]
    return wishes(intent, found)


_SWITCHED = frozenset(
    {"light", "switch", "fan", "media_player", "input_boolean", "climate", "humidifier", "siren"}
    | {"scene", "script", "automation", "water_heater", "valve", "button", "remote", "vacuum"}
    | {"alarm_control_panel", "lock", "cover", "lawn_mower", "input_button"}
)
_UNSWITCHED = frozenset(
    {"alarm", "timer", "reminder", "list", "volume", "color", "weather", "temperature", "battery"}
    | {"person", "motion", "smoke", "leak", "humidity", "lock", "window", "door"}
    | {"garage", "gate", "vacuum", "mower", "coffee", "media"}
)


def _everything(clause: Clause) -> bool:
    return any(clause.tokens[s.start] == "everything" for s in clause.having("quant"))


def moved(clause: Clause, places: Places) -> Wishes:
    """Covers, doors and windows: open, close, up, down, to a position."""
    deed = verb(clause)
    if not clause.within(*TARGETS, *VERBS, "number", "amount", "state"):
        return None
    what = about(clause)
    if not what.nouns or not all(_is_cover(noun, places) for noun in what.nouns):
        if what.nouns and deed in ("open", "close") and all(_is_only(n) for n in what.nouns):
            return _of_rooms(what, deed, places)
        return None
    found = places.of(what, "cover")
    position = values.absolute(clause)
    if position is not None:
        return wishes("HassSetPosition", found, {"position": position})
    if clause.first("amount") == "little" and deed in ("up", "down", "open", "close"):
        sign = 1 if deed in ("up", "open") else -1
        return wishes("HassSetPosition", found, {"position_step": sign * values.step(clause)})
    opening = {"open": True, "raise": True, "up": True, "close": False, "lower": False}
    opens = (opening | {"down": False, "on": True, "off": False}).get(deed or "")
    if deed == "off" and clause.said("out"):
        opens = True  # an awning that is out
    if deed in (None, "turn", "set") and clause.first("state") in ("open", "closed"):
        opens = clause.first("state") == "open"
    if opens is None:
        return None
    return wishes("HassTurnOn" if opens else "HassTurnOff", found)


def _is_only(noun: Noun) -> bool:
    """A room and nothing else, or "it"."""
    return not noun.things and not noun.kind and bool(noun.areas or noun.reference)


def _of_rooms(what: About, deed: str, places: Places) -> Wishes:
    """As "open the garage", "close it"."""
    intent = "HassTurnOn" if deed == "open" else "HassTurnOff"
    rooms = {area.id for noun in what.nouns for area in noun.areas}
    covers = [e for e in places.home.entities if e.domain == "cover" and e.area in rooms]
    if rooms and not covers:
        return None
    return wishes(intent, places.of(what, "cover"))


def _is_cover(noun: Noun, places: Places) -> bool:
    if noun.things:
        return any(thing.domain in ("cover", "valve") for thing in noun.things)
    if noun.kind in ("window", "door"):
        return any(e.domain == "cover" and is_a(e, noun.kind) for e in places.home.entities)
    return noun.kind in _COVERS or noun.kind == "valve"


def _is_there(lock: Entity, what: About, places: Places) -> bool:
    """Where a place is said, the front door is not meant by the kitchen's."""
    for noun in what.nouns:
        if noun.outdoor or noun.here:
            return noun.here and places.here is not None and lock.area == places.here.id
        floors = {floor.id for floor in noun.floors}
        rooms = {a.id for a in places.home.areas if a.floor in floors}
        rooms |= {area.id for area in noun.areas}
        if (noun.areas or noun.floors) and lock.area not in rooms:
            return False
    return True


def locked(clause: Clause, places: Places) -> Wishes:
    """Home Assistant says "turn on" for lock, "turn off" for unlock."""
    deed = verb(clause)
    if deed not in ("lock", "unlock") or not clause.within(*TARGETS, *VERBS):
        return None
    intent = "HassTurnOn" if deed == "lock" else "HassTurnOff"
    what = about(clause)
    if any(n.kind in ("garage", "gate", "window") and not n.things for n in what.nouns):
        return None
    if any(n.things and not any(e.domain == "lock" for e in n.things) for n in what.nouns):
        return None
    things = [e for n in what.nouns for e in n.things if e.domain == "lock"]
    if things:
        return wishes(intent, places.of(what, "lock"))
    locks = [e for e in places.home.entities if e.domain == "lock" and _is_there(e, what, places)]
    if not locks or _is_bare(clause):
        return None
    plural = any(n.plural or n.every for n in what.nouns) or not any(n.kind for n in what.nouns)
    if len(locks) > 1 and not plural:
        names = dict(zip(("name", "or", "or_2", "or_3"), (e.name for e in locks), strict=False))
        return (Wish(intent, names, NATURAL),)
    return wishes(intent, [{"name": e.name} for e in locks])


def _is_bare(clause: Clause) -> bool:
    """A verb and nothing that it is for begins a sentence, and is no wish for every lock."""
    acts = clause.having("act")
    tags = ("kind", "quant", "thing", "area", "floor", "here", "whole", "ref")
    named = any(clause.having(tag) for tag in tags)
    return not named and all(span.end - span.start == 1 for span in acts)


def cleaned(clause: Clause, places: Places) -> Wishes:
    """Vacuums: start, clean a room, go home."""
    deed = verb(clause)
    what = about(clause)
    vacuums = [e for e in places.home.entities if e.domain == "vacuum"]
    named = any(_is_vacuum(noun) for noun in what.nouns)
    if not vacuums or not (named or "clean" in clause.values("act")) or _yours(clause):
        return None
    if not clause.within(*TARGETS, *VERBS, "too", "mood"):
        return None
    kinds = {noun.kind for noun in what.nouns} - {None, "vacuum"}
    hoovered = not {"hoovering", "hoover", "vacuuming", "vacuum", "cleaning"}.isdisjoint(
        clause.tokens
    )
    if kinds or not (named or hoovered or _in_the_house(what)):
        return None
    if deed in ("dock", "off", "stop") or clause.first("act") == "off" or _homeward(clause):
        return wishes("HassVacuumReturnToBase", [{}])
    if deed not in ("clean", "on", "start", "set", "make", "turn", "run", None):
        return None
    rooms = [noun.areas[0].name for noun in what.nouns if noun.areas]
    if rooms and deed == "clean":
        return wishes("HassVacuumCleanArea", [{"area": room} for room in rooms])
    return wishes("HassVacuumStart", [{}])


def _yours(clause: Clause) -> bool:
    """As "clean your room", said to a child."""
    return "your" in clause.tokens and not _homeward(clause)


def mowed(clause: Clause, places: Places) -> Wishes:
    """As "cut the grass", "send the mower back to its dock"."""
    mowers = [e for e in places.home.entities if e.domain == "lawn_mower"]
    cuts = clause.said("cut", "the", "grass") or clause.said("mow", "the", "lawn")
    if not mowers or not (cuts or any(s.things and s.things[0] in mowers for s in clause.spans)):
        return None
    if not cuts and (verb(clause) in ("dock", "off", "stop") or _homeward(clause)):
        return wishes("HassLawnMowerDock", [{}])
    return wishes("HassLawnMowerStartMowing", [{}]) if cuts or verb(clause) in _STARTED else None


_HOOVERING = frozenset({"hoovering", "hoover", "vacuuming", "vacuum", "cleaning"})
_STARTED = ("on", "start", "set", "make", "turn")


def _in_the_house(what: About) -> bool:
    """Rooms of this home, or all of it, by nobody's "your"."""
    return any(noun.areas or noun.floors or noun.house or noun.here for noun in what.nouns)


def _homeward(clause: Clause) -> bool:
    return not {"home", "back", "base", "dock"}.isdisjoint(clause.tokens)


def _is_vacuum(noun: Noun) -> bool:
    return noun.kind == "vacuum" or any(thing.domain == "vacuum" for thing in noun.things)


def brewed(clause: Clause, places: Places) -> Wishes:
    """Coffee: whatever thing of the home makes it."""
    spoken = [s for s in clause.spans if s.meanings.get("kind") == "coffee" or _coffee(s.things)]
    machine = next((e for e in places.home.entities if _coffee((e,))), None)
    if not spoken or machine is None or not clause.within(*TARGETS, *VERBS, "mood", "daypart"):
        return None
    if {"you", "we"} & set(clause.tokens) and not clause.having("turn"):
        return None  # "do you want a coffee?"
    others = [e for n in about(clause).nouns for e in n.things if not _coffee((e,))]
    if others:
        return None
    deed = verb(clause)
    if deed in ("off", "stop"):
        return wishes("HassTurnOff", [{"name": machine.name}])
    if deed in ("on", "start", "make", "set", "turn") or clause.said("time"):
        return wishes("HassTurnOn", [{"name": machine.name}])
    plain = "please" in clause.tokens and len(clause.tokens) <= _FEW
    wanted = plain or not _WANTING.isdisjoint(clause.tokens)
    return wishes("HassTurnOn", [{"name": machine.name}]) if wanted else None


_WANTING = frozenset({"want", "like", "need", "love", "have", "time"})
_FEW = 3
"""Words of "a coffee please"."""


def _coffee(things: Iterable[Entity]) -> bool:
    return any(
        word in thing.name.casefold()
        for thing in things
        for word in ("coffee", "espresso")
        if thing.domain in ("switch", "button", "script", "input_boolean")
    )
