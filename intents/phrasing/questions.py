"""Questions about how things are: "did I leave the garage open?", "which lights are on?"."""

from collections.abc import Iterator

from intents.home import Entity
from intents.phrasing.making import NATURAL, TARGETS, Wishes
from intents.phrasing.nouns import Noun, about
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.wishes import Slot, Wish

_ALLOWED = (*TARGETS, "ask", "state", "part", "act", "turn")
_SENSED = {
    "window": ("window", "opening"),
    "door": ("door", "opening", "garage_door"),
    "motion": ("motion", "occupancy", "presence"),
    "smoke": ("smoke",),
    "leak": ("moisture",),
    "battery": ("battery",),
}
_DOMAINS = {
    "light": "light",
    "fan": "fan",
    "switch": "switch",
    "media": "media_player",
    "tv": "media_player",
    "lock": "lock",
    "vacuum": "vacuum",
    "climate": "climate",
    "siren": "siren",
    "humidifier": "humidifier",
    "valve": "valve",
    "person": "person",
}
_COVERS = frozenset({"cover", "blind", "curtain", "shade", "shutter", "awning", "garage", "gate"})
_DONE = {"lock": "locked", "close": "closed", "open": "open", "unlock": "unlocked"}
"""As "did I lock the back door?"."""
_SKIES = frozenset({"raining", "sunny", "snowing", "windy", "cloudy", "rainy", "foggy"})
_SWITCHED = ("on", "off")
_OPEN = {"open": "on", "closed": "off"}


def asked(clause: Clause, places: Places) -> Wishes:
    """Yes or no, which, how many."""
    at = next((i for i, s in enumerate(clause.spans) if s.has("ask")), 0)
    leads = any(not s.has("skip") for s in clause.spans[:at])
    kind = clause.first("ask")
    if leads or kind not in ("is", "which", "how_many", "what_is", "who"):
        return None
    state = _state(clause)
    if state is None or not clause.within(*_ALLOWED):
        return None
    what = about(clause)
    if what.excepted or not what.nouns:
        return None
    answer = {"which": "which", "what_is": "which", "how_many": "how_many", "who": "which"}.get(
        kind
    )
    found = [wish for noun in what.nouns for wish in _about(noun, state, answer, clause, places)]
    return tuple(found) or None


def _about(
    noun: Noun, state: str, answer: str | None, clause: Clause, places: Places
) -> Iterator[Wish]:
    if noun.things and not (noun.kind and noun.plural):
        thing = noun.things[0]
        slots: dict[str, Slot] = {"name": thing.name, "state": stated(thing, state)}
        yield Wish("HassGetState", slots, NATURAL, "one_yesno")
        return
    if noun.kind is None and noun.every | ("any" in clause.values("quant")) and state in _SWITCHED:
        for place in _place(noun, places):
            yield Wish("HassGetState", {"name": "all", "state": state, **place}, NATURAL, "any")
        return
    kinds = list(_kinds(noun, state, places))
    response = answer or ("all" if noun.every and "any" not in clause.values("quant") else "any")
    for domain, device_class in kinds:
        value = _OPEN.get(state, state) if domain == "binary_sensor" else state
        classed = {"device_class": device_class} if device_class else {}
        for place in _place(noun, places):
            yield Wish(
                "HassGetState",
                {"domain": domain, "state": value, **classed, **place},
                NATURAL,
                response,
            )


def _kinds(noun: Noun, state: str, places: Places) -> Iterator[tuple[str, str | None]]:
    """Domain and class by which this home has such things."""
    there = {(e.domain, e.device_class) for e in places.home.entities}
    if noun.kind in ("door", "lock") and state in ("locked", "unlocked"):
        yield "lock", None
    elif noun.kind in _SENSED:
        classes = [c for c in _SENSED[noun.kind] if ("binary_sensor", c) in there]
        yield from (("binary_sensor", each) for each in classes[:1])
        if not classes and ("cover", noun.kind) in there:
            yield "cover", noun.kind
    elif noun.kind in _COVERS:
        classed = [c for d, c in sorted(there, key=str) if d == "cover" and c == noun.kind]
        yield "cover", classed[0] if classed else None
    elif noun.kind in _DOMAINS:
        yield _DOMAINS[noun.kind], None
    elif noun.kind is None and state in ("open", "closed"):
        yield "cover", None


def _place(noun: Noun, places: Places) -> Iterator[dict[str, Slot]]:
    if noun.areas:
        yield {"area": noun.areas[0].name}
    elif noun.floors:
        yield {"floor": noun.floors[0].name}
    elif noun.here and places.here:
        yield {"area": places.here.name}
    else:
        yield {}


def _state(clause: Clause) -> str | None:
    said = clause.first("state")
    if said in ("home", None) and clause.first("part") in ("on", "off"):
        return clause.first("part")
    if said is None and (done := _DONE.get(clause.first("act") or "")):
        return done
    if said == "home" and not any(s.meanings["kind"] == "person" for s in clause.having("kind")):
        return None
    if said == "low":
        return "on"
    if said is not None:
        return said
    sensed = {"motion", "smoke", "leak"} & clause.values("kind")
    return "on" if sensed else None


def stated(thing: Entity, state: str) -> str:
    """The state as Home Assistant writes it for this kind of thing."""
    match thing.domain:
        case "binary_sensor":
            return _OPEN.get(state, state)
        case "cover" if state in ("on", "off"):
            return {"on": "open", "off": "closed"}[state]
        case "lock" if state in ("open", "closed"):
            return {"open": "unlocked", "closed": "locked"}[state]
        case "vacuum" if state == "on":
            return "cleaning"
        case _:
            return state


def measured(clause: Clause, places: Places) -> Wishes:
    """As "how warm is it upstairs?", "what's the humidity in the bathroom?"."""
    if not clause.having("ask") and not clause.said("tell", "me"):
        return None
    if not clause.within(*TARGETS, "ask", "state", "too") or clause.having("outdoor"):
        return None
    what = about(clause)
    warm = clause.first("ask") == "how_warm" or "temperature" in clause.values("kind")
    if warm and all(n.kind in (None, "temperature", "climate") for n in what.nouns):
        slots = [s for n in what.nouns for s in _place(n, places)] or [{}]
        return tuple(Wish("HassClimateGetTemperature", s, NATURAL) for s in slots)
    if "humidity" in clause.values("kind") and what.nouns:
        return _humidity(what.nouns[0], places)
    things = [thing for noun in what.nouns for thing in noun.things]
    if len(things) == 1 and clause.first("ask") == "where":
        return (Wish("HassGetState", {"name": things[0].name}, NATURAL, "one"),)
    if len(things) == 1 and clause.first("ask") in ("what_is", "is"):
        return (Wish("HassGetState", {"name": things[0].name}, NATURAL, "one"),)
    return None


def _humidity(noun: Noun, places: Places) -> Wishes:
    rooms = {area.id for area in noun.areas} or ({places.here.id} if places.here else set())
    sensors = [e for e in places.home.entities if e.device_class == "humidity"]
    there = [e for e in sensors if e.area in rooms] or (sensors if len(sensors) == 1 else [])
    if len(there) != 1:
        return None
    return (Wish("HassGetState", {"name": there[0].name}, NATURAL, "one"),)


def forecast(clause: Clause, places: Places) -> Wishes:
    """Only the weather now: that is what Home Assistant knows."""
    if not any(entity.domain == "weather" for entity in places.home.entities):
        return None
    allowed = (*TARGETS, "ask", "state", "date")
    spoken = "weather" in clause.values("kind") or (
        bool(clause.having("outdoor")) and not clause.having("kind") and not clause.having("state")
    )
    spoken = spoken or (clause.tokens[:2] == ("is", "it") and bool(_SKIES & set(clause.tokens)))
    spoken = spoken and bool(clause.having("ask") or clause.having("kind"))
    if spoken and clause.within(*allowed) and clause.values("date") <= {"today"}:
        return (Wish("HassGetWeather", {}, NATURAL),)
    return None
